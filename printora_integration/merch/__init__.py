"""Optional: what is sold through Printora, as creators and their merch (flows B and C)."""

from .client import MerchClient, get_background_merch_client, get_merch_client

__all__ = ["MerchClient", "get_background_merch_client", "get_merch_client"]
