"""Search, category and order of the gallery: read from the address, and written back into it."""

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode

from gallery.models import Artwork, ArtworkQuerySet

MAX_SEARCH_LENGTH = 100  # characters
MAX_SEARCH_TERMS = 8


class Sort(TextChoices):
    """The orders of the gallery."""

    NEWEST = "newest", "Newest"
    TRENDING = "trending", "Trending"
    LIKED = "liked", "Most liked"

    @property
    def column(self) -> str:
        """Return the column to order by."""
        return _COLUMNS[self]


_COLUMNS = {Sort.NEWEST: "published_at", Sort.TRENDING: "trending_score", Sort.LIKED: "like_count"}


@dataclass(frozen=True)
class Browse:
    """A search, a category ("" is all) and an order."""

    q: str = ""
    category: str = ""
    sort: Sort = Sort.NEWEST

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Return what the address asks for; an unknown value counts as none."""
        category, sort = query.get("category", ""), query.get("sort", "")
        return cls(
            q=" ".join(query.get("q", "").replace("\0", " ").split())[:MAX_SEARCH_LENGTH].strip(),
            category=category if category in Artwork.Category.values else "",
            sort=Sort(sort) if sort in Sort.values else Sort.NEWEST,
        )

    @property
    def is_filtered(self) -> bool:
        """Return whether this is less than the whole gallery."""
        return bool(self.q or self.category)

    @property
    def category_label(self) -> str:
        """Return the category's name for people, or ""."""
        return Artwork.Category(self.category).label if self.category else ""

    @property
    def query(self) -> str:
        """Return the query string with its question mark; "" for all pictures, newest first."""
        return self.page_query(1)

    def page_query(self, page: int) -> str:
        """Return the query string of a page; a default is left out."""
        parameters = {
            "q": self.q,
            "category": self.category,
            "sort": "" if self.sort == Sort.NEWEST else self.sort.value,
            "page": "" if page == 1 else str(page),
        }
        encoded = urlencode({name: value for name, value in parameters.items() if value})
        return f"?{encoded}" if encoded else ""

    def apply(self, artworks: ArtworkQuerySet) -> ArtworkQuerySet:
        """Return the artworks that match, in this order."""
        if self.category:
            artworks = artworks.filter(category=self.category)
        for word in self.q.split()[:MAX_SEARCH_TERMS]:
            artworks = artworks.containing(word)
        return artworks.descending(self.sort.column)

    def category_links(self) -> list[tuple[str, str, bool]]:
        """Return links for all and each category: label, query string, whether it is current."""
        choices = [("", "All"), *Artwork.Category.choices]
        return [
            (label, replace(self, category=value).query or "?", value == self.category)
            for value, label in choices
        ]

    def sort_links(self) -> list[tuple[str, str, bool]]:
        """Return links for the orders: label, query string, whether it is current."""
        return [
            (sort.label, replace(self, sort=sort).query or "?", sort == self.sort) for sort in Sort
        ]

    def without_search(self) -> Self:
        """Return the same without the search."""
        return replace(self, q="")

    def without_category(self) -> Self:
        """Return the same in all categories."""
        return replace(self, category="")
