"""Share a click's five seconds between the two calls that flow C makes.

First we look whether the item is still as the page showed it, then we ask for the session; and when
Printora refuses it, we look once more.
"""

import atexit
from functools import cache

from printora_integration.client import PrintoraClient, make_client

LOOK, START = 1.0, 3.0  # seconds: look, start, look again


@cache
def looking_client() -> PrintoraClient:
    """Return this process's client for a quick look."""
    return _kept(make_client(patience=LOOK))


@cache
def starting_client() -> PrintoraClient:
    """Return this process's client for the session itself."""
    return _kept(make_client(patience=START))


def _kept(client: PrintoraClient) -> PrintoraClient:
    atexit.register(client.close)
    return client
