"""The client of Printora's API."""

from .client import (
    PrintoraClient,
    get_background_client,
    get_client,
)

__all__ = ["PrintoraClient", "get_background_client", "get_client"]
