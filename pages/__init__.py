"""What the pages of gallery and orders share: access of staff, the audit log, exports, htmx."""
