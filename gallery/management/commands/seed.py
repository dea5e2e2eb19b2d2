"""Load the pictures that come with this repository; a second run updates them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from gallery.models import Artwork, Creator

SEED_DIR = Path(__file__).resolve().parents[1] / "seed"
CREATOR_FIELDS = ("name", "bio")
ARTWORK_FIELDS = (
    "title",
    "prompt",
    "category",
    "model",
    "width",
    "height",
    "placeholder",
    "colour",
)


class Command(BaseCommand):
    """The command `seed`."""

    help = "Load the demo's artworks and creators; in DEBUG, create the staff login demo/demo."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option `--from`: another folder for the two files."""
        parser.add_argument(
            "--from", dest="folder", type=Path, default=SEED_DIR, help="Where the two files are."
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Load creators, then artworks, and report the numbers in one line."""
        with transaction.atomic():
            creators = seed_creators(read(options["folder"] / "creators.json"))
            artworks = seed_artworks(read(options["folder"] / "artworks.json"), creators)
        login = "; made the staff login demo/demo" if settings.DEBUG and create_demo_login() else ""
        self.stdout.write(f"Seeded {len(creators)} creators and {artworks} artworks{login}.")


def read(file: Path) -> list[dict[str, Any]]:
    """Return the rows of one seed file."""
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return rows


def seed_creators(rows: list[dict[str, Any]]) -> dict[str, Creator]:
    """Insert or update the creators and return them by slug."""
    Creator.objects.bulk_create(
        [Creator(slug=row["slug"], name=row["name"], bio=row["bio"]) for row in rows],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=CREATOR_FIELDS,
    )
    return Creator.objects.in_bulk([row["slug"] for row in rows], field_name="slug")


def seed_artworks(rows: list[dict[str, Any]], creators: dict[str, Creator]) -> int:
    """Insert or update the artworks and return how many there are."""
    Artwork.objects.bulk_create(
        [
            Artwork(
                slug=row["slug"],
                creator=creators[row["creator"]],
                published_at=datetime.fromisoformat(row["published"]),
                **{field: row[field] for field in ARTWORK_FIELDS},
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[*ARTWORK_FIELDS, "creator", "published_at"],
    )
    return len(rows)


def create_demo_login() -> bool:
    """Create the superuser demo/demo unless the name is taken; return whether it was created."""
    users = get_user_model().objects
    if users.filter(username="demo").exists():
        return False
    users.create_superuser(username="demo", password="demo")  # noqa: S106 - never outside DEBUG
    return True
