"""Show staff the desk: orders, events, deliveries and print sessions, one page a file."""

from .access import staff_only

__all__ = ["staff_only"]
