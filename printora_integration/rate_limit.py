"""Know how many calls Printora still allows, as its last reply told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class RateLimit:
    """Hold what the last reply said: `remaining` of `limit` calls until `resets_at`, in UTC."""

    limit: int
    remaining: int
    resets_at: datetime

    def seconds_to_wait(self, reserve: int) -> float:
        """Return how long until more than `reserve` calls are allowed; 0 when they are."""
        if self.remaining > reserve:
            return 0.0
        return max((self.resets_at - datetime.now(UTC)).total_seconds(), 0.0)


def read_rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    """Return what a reply's `X-RateLimit-*` headers say, or None where they make no sense."""
    try:
        return RateLimit(
            limit=int(headers["x-ratelimit-limit"]),
            remaining=int(headers["x-ratelimit-remaining"]),
            resets_at=datetime.fromtimestamp(float(headers["x-ratelimit-reset"]), UTC),
        )
    except (KeyError, ValueError, OverflowError, OSError):  # missing, no number, no time
        return None
