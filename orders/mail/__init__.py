"""Write the mails about orders, and keep them as files where there is no mail server."""

from .compose import compose

__all__ = ["compose"]
