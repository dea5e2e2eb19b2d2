"""Instants as the vendor writes them."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """Write an aware instant as the vendor does: ``2026-01-31T10:00:00.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(moment: datetime | None) -> str | None:
    """Write an instant as the vendor does, and none as none."""
    return iso(moment) if moment else None
