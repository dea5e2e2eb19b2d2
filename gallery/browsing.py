"""Read from the address what part of the wall a visitor wants to see, and write it back."""

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode

from gallery.models import Artwork, ArtworkQuerySet

LONGEST_SEARCH = 100  # characters
MOST_WORDS = 8


class Sort(TextChoices):
    """Say in which order the pictures hang."""

    NEWEST = "newest", "Newest"
    TRENDING = "trending", "Trending"
    LIKED = "liked", "Most liked"

    @property
    def column(self) -> str:
        """Return the column that decides; ties fall to the newer row."""
        return _COLUMNS[self]


_COLUMNS = {Sort.NEWEST: "published_at", Sort.TRENDING: "heat", Sort.LIKED: "like_count"}


@dataclass(frozen=True)
class Browse:
    """What is looked for, in which category ("" is all), and in which order."""

    q: str = ""
    category: str = ""
    sort: Sort = Sort.NEWEST

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return what the address asks for; a value that means nothing is as good as none."""
        category, sort = query.get("category", ""), query.get("sort", "")
        return cls(
            q=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_SEARCH].strip(),
            category=category if category in Artwork.Category.values else "",
            sort=Sort(sort) if sort in Sort.values else Sort.NEWEST,
        )

    @property
    def is_filtered(self) -> bool:
        """Tell whether this is less than the whole wall."""
        return bool(self.q or self.category)

    @property
    def category_label(self) -> str:
        """Return the category's name for people, or ""."""
        return Artwork.Category(self.category).label if self.category else ""

    @property
    def query(self) -> str:
        """Return the query string with its question mark; "" for the whole wall, newest first."""
        return self.page_query(1)

    def page_query(self, page: int) -> str:
        """Return the query string of a page; a default is left out."""
        given = {
            "q": self.q,
            "category": self.category,
            "sort": "" if self.sort == Sort.NEWEST else self.sort.value,
            "page": "" if page == 1 else str(page),
        }
        said = urlencode({name: value for name, value in given.items() if value})
        return f"?{said}" if said else ""

    def apply(self, artworks: ArtworkQuerySet) -> ArtworkQuerySet:
        """Return those of the artworks that are looked for, in the order asked for."""
        if self.category:
            artworks = artworks.filter(category=self.category)
        for word in self.q.split()[:MOST_WORDS]:
            artworks = artworks.mentioning(word)
        return artworks.by(self.sort.column)

    def category_links(self) -> list[tuple[str, str, bool]]:
        """Return a link for all and for each category: label, query string, whether it is here."""
        choices = [("", "All"), *Artwork.Category.choices]
        return [
            (label, replace(self, category=value).query or "?", value == self.category)
            for value, label in choices
        ]

    def sort_links(self) -> list[tuple[str, str, bool]]:
        """Return a link for each order, likewise."""
        return [
            (sort.label, replace(self, sort=sort).query or "?", sort == self.sort) for sort in Sort
        ]

    def without_search(self) -> Self:
        """Return the same without the words."""
        return replace(self, q="")

    def without_category(self) -> Self:
        """Return the same in all categories."""
        return replace(self, category="")
