"""The vendor's rate limit: so many calls a minute for each caller.

Counted in memory, because one process serves the sandbox, and behind one lock, because it has
several threads. A restart forgives everybody.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass

_WINDOW_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a caller has left; ``reset`` is in epoch seconds."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool

    @property
    def retry_after(self) -> int:
        """Seconds until it is worth trying again."""
        return max(1, self.reset - int(time.time()))

    def headers(self) -> dict[str, str]:
        """Return the three headers that every reply carries."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }


class RateLimiter:
    """Counts calls in windows of one minute; a new minute starts from nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._calls: Counter[str] = Counter()

    def spend(self, caller: str, *, limit: int) -> Allowance:
        """Count one call of this caller and say what is left."""
        window = int(time.time()) // _WINDOW_SECONDS
        with self._lock:
            if window != self._window:
                self._window, self._calls = window, Counter()
            self._calls[caller] += 1
            calls = self._calls[caller]
        return Allowance(
            limit=limit,
            remaining=max(0, limit - calls),
            reset=(window + 1) * _WINDOW_SECONDS,
            exceeded=calls > limit,
        )

    def forget(self) -> None:
        """Start over."""
        with self._lock:
            self._calls = Counter()


limiter = RateLimiter()
