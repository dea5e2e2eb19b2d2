"""Share what every resource needs: a way to call."""

from collections.abc import Collection
from typing import Any, Protocol

CREATED = frozenset({200, 201})
QUEUED = frozenset({200, 201, 202})
DELETED = frozenset({200, 204})


class Caller(Protocol):
    """Make one call, retries included, and return the JSON object of its successful reply."""

    def __call__(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        accept: Collection[int] = frozenset({200}),
    ) -> dict[str, Any]:
        """Call `path` and accept these statuses; raises a PrintoraError."""


class Resource:
    """Hold the caller; a resource keeps nothing else."""

    def __init__(self, call: Caller) -> None:
        self._call = call
