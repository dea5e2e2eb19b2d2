"""Visitors' own pictures: checked, re-encoded, printed, and deleted after thirty days."""
