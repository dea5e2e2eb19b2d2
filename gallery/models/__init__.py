"""Hold the pictures, who made them, and what visitors make of them."""

from gallery.merch.models import MerchItem
from gallery.uploads.models import Upload

from .artworks import GRID_ROWS, PICTURE_WIDTHS, PRINT_DPI, Artwork, ArtworkQuerySet, Creator
from .interest import Interest, Like

__all__ = [
    "GRID_ROWS",
    "PICTURE_WIDTHS",
    "PRINT_DPI",
    "Artwork",
    "ArtworkQuerySet",
    "Creator",
    "Interest",
    "Like",
    "MerchItem",
    "Upload",
]
