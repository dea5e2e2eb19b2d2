"""The gallery itself: browsing, the page of an artwork, and its print button (flow A)."""
