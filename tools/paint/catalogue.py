"""The pictures of the gallery and their creators, read from `catalogue.toml` and checked."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tools.paint.painters import PAINTERS

_SOURCE = Path(__file__).with_name("catalogue.toml")


class Category(StrEnum):
    """The categories of the gallery."""

    ABSTRACT = "abstract"
    BOTANICAL = "botanical"
    COSMOS = "cosmos"
    LANDSCAPE = "landscape"
    PATTERN = "pattern"
    STILL_LIFE = "still-life"


@dataclass(frozen=True, kw_only=True)
class Creator:
    """One creator of pictures."""

    slug: str
    name: str
    bio: str


@dataclass(frozen=True, kw_only=True)
class Artwork:
    """One picture: its texts, and everything that is needed to paint it again."""

    slug: str
    title: str
    prompt: str
    creator: str
    category: Category
    model: str
    painter: str
    seed: int
    width: int
    height: int
    published: datetime


class CatalogueError(ValueError):
    """A contradiction in the catalogue."""


def creators() -> list[Creator]:
    """Return every creator, by slug."""
    return sorted((Creator(**row) for row in _rows("creator")), key=lambda each: each.slug)


def artworks() -> list[Artwork]:
    """Return every artwork, by slug.

    Raises CatalogueError when two share a name or a date, or a creator or painter does not exist.
    """
    works = sorted((_artwork(row) for row in _rows("artwork")), key=lambda each: each.slug)
    for name in ("slug", "title", "published"):
        if len({getattr(work, name) for work in works}) < len(works):
            raise CatalogueError(f"two artworks share a {name}")
    known = {creator.slug for creator in creators()}
    for work in works:
        if work.creator not in known:
            raise CatalogueError(f"{work.slug}: no creator is called {work.creator}")
        if work.painter not in PAINTERS:
            raise CatalogueError(f"{work.slug}: no painter is called {work.painter}")
    return works


def _artwork(row: dict[str, Any]) -> Artwork:
    width, height = row.pop("size")
    published = row.pop("published").astimezone(UTC)
    category = Category(row.pop("category"))
    return Artwork(**row, category=category, width=width, height=height, published=published)


def _rows(kind: str) -> list[dict[str, Any]]:
    with _SOURCE.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[kind]
    return rows
