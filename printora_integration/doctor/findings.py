"""Say what a check found, and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Say how bad it is: an error keeps Printora's journey from working, a warning does not yet."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """Hold what one check says of one subject; `advice` is what to do where it is not ok.

    Neither holds a key, a secret, or an address with a password.
    """

    level: Level
    subject: str
    words: str
    advice: str = ""


Check = Callable[[], Iterable[Finding]]
