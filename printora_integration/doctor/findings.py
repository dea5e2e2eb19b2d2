"""What a check found, and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The severity: an error keeps Printora's journey from working, a warning does not yet."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One check's result for one subject; `hint` is what to do where it is not ok.

    Neither holds a key, a secret, or an address with a password.
    """

    level: Level
    subject: str
    message: str
    hint: str = ""


Check = Callable[[], Iterable[Finding]]
