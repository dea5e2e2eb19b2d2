"""The pictures, who made them, what is sold with them, and what visitors do with them."""

from .artworks import Artwork, ArtworkQuerySet
from .creators import Creator
from .engagement import Engagement, Like
from .merch import MerchItem, MerchItemQuerySet
from .uploads import Upload

__all__ = [
    "Artwork",
    "ArtworkQuerySet",
    "Creator",
    "Engagement",
    "Like",
    "MerchItem",
    "MerchItemQuerySet",
    "Upload",
]
