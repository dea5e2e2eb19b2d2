"""Share a click's five seconds between the two calls that flow C makes.

First we look whether the item is still as the page showed it, then we ask for the session; and when
Printora refuses it, we look once more.
"""

from functools import cache

from printora_integration.merch import MerchClient

LOOK, START = 1.0, 3.0  # seconds: look, start, look again


@cache
def looking_client() -> MerchClient:
    """Return this process's client for a quick look."""
    return MerchClient.for_process(deadline=LOOK)


@cache
def starting_client() -> MerchClient:
    """Return this process's client for the session itself."""
    return MerchClient.for_process(deadline=START)
