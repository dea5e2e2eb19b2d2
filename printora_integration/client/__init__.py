"""The client of Printora's API, and what it takes."""

from .client import PrintoraClient, get_background_client, get_client
from .resources.sessions import PrintChoice, UserData

__all__ = ["PrintChoice", "PrintoraClient", "UserData", "get_background_client", "get_client"]
