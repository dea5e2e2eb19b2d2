"""What the pages of staff in every app share: access, the audit log, exports."""
