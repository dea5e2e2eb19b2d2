"""What the pages of gallery and orders share: permissions, masking, audit log, exports, htmx."""
