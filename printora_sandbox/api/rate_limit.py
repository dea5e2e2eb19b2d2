"""The vendor's rate limit: a number of calls per minute for each caller.

The counters are in memory, because one process serves the sandbox. A lock guards them, because
the process has several threads. A restart resets them.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass

_WINDOW_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """The remaining calls of a caller; ``reset`` is in epoch seconds."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool

    @property
    def retry_after(self) -> int:
        """The seconds until the next call is allowed."""
        return max(1, self.reset - int(time.time()))

    def headers(self) -> dict[str, str]:
        """Return the three headers of every response."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }


class RateLimiter:
    """A counter of calls in windows of one minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._calls: Counter[str] = Counter()

    def count_call(self, caller: str, *, limit: int) -> Allowance:
        """Count one call of this caller and return the remaining allowance."""
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

    def reset(self) -> None:
        """Reset the counters."""
        with self._lock:
            self._calls = Counter()


limiter = RateLimiter()
