"""The client for merch: creators, their items, the design editor and the catalog."""

from functools import cache, cached_property

from printora_integration.client.client import (
    BACKGROUND_DEADLINE,
    BACKGROUND_RESERVE,
    CLICK_DEADLINE,
    PrintoraClient,
)

from .catalog import Catalog
from .creators import Creators
from .editor import MerchEditors
from .items import MerchItems


class MerchClient(PrintoraClient):
    """PrintoraClient with what is sold: `catalog`, `creators`, `merch` and `merch_editor`."""

    @cached_property
    def catalog(self) -> Catalog:
        """Return the products that Printora prints on."""
        return Catalog(self.transport)

    @cached_property
    def creators(self) -> Creators:
        """Return the creators whose merch is sold."""
        return Creators(self.transport)

    @cached_property
    def merch(self) -> MerchItems:
        """Return the creators' merch."""
        return MerchItems(self.transport)

    @cached_property
    def merch_editor(self) -> MerchEditors:
        """Return the designs behind editors' links."""
        return MerchEditors(self.transport)


@cache
def get_merch_client() -> MerchClient:
    """Return this process's merch client for pages, made on first use and closed at exit."""
    return MerchClient.for_process(deadline=CLICK_DEADLINE)


@cache
def get_background_merch_client() -> MerchClient:
    """Return this process's merch client for background tasks: it waits, and leaves calls to pages.

    It reads the rate limit from its own responses; each says what is left for the whole API key.
    Never call it while a visitor waits.
    """
    return MerchClient.for_process(deadline=BACKGROUND_DEADLINE, reserve=BACKGROUND_RESERVE)
