"""Let visitors print a picture of their own: checked, cleaned, kept for thirty days."""
