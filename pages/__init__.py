"""What the pages of gallery and orders share: permissions of staff, masking, audit log, exports, htmx."""
