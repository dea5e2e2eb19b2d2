"""Compare our events with Printora's own list of orders, and heal what webhooks did not bring.

`reconcile()` is all that others need. One run at a time: AlreadyRunningError says so.
"""

from .run import AlreadyRunningError, reconcile

__all__ = ["AlreadyRunningError", "reconcile"]
