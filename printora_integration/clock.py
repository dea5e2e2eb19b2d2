"""Know how far our clock is from Printora's, as its last reply told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_clock_skew(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds our clock is ahead of a reply's `Date`; negative is behind.

    None where the reply carries no date. Exact to a second, for that is how `Date` counts.
    """
    try:
        sent_at = parsedate_to_datetime(headers["date"])
        return (datetime.now(UTC) - sent_at).total_seconds()
    except (KeyError, ValueError, TypeError):  # missing, no date, or one without a zone
        return None
