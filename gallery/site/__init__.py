"""What the pages of the whole site share: theme, htmx, the failed print, and files for crawlers."""
