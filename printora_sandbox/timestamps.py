"""Timestamps in the vendor's format."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """Return an aware time in the vendor's format: ``2026-01-31T10:00:00.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(moment: datetime | None) -> str | None:
    """Return a time in the vendor's format, or ``None`` for ``None``."""
    return iso(moment) if moment else None
