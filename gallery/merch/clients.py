"""Two clients that share a click's five seconds: flow C makes two or three calls.

First the item is read again, to see whether it is still as the page showed it. Then the session is
requested. When Printora refuses that, the item is read once more.
"""

from functools import cache

from printora_integration.merch import MerchClient

ITEM_DEADLINE, SESSION_DEADLINE = 1.0, 3.0  # seconds; read + start + read = 5


@cache
def get_item_client() -> MerchClient:
    """Return this process's client for reading one item during a click."""
    return MerchClient.for_process(deadline=ITEM_DEADLINE)


@cache
def get_session_client() -> MerchClient:
    """Return this process's client for starting the session of that click."""
    return MerchClient.for_process(deadline=SESSION_DEADLINE)
