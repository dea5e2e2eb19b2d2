"""The walk of a request through our files: which files it enters, and how often it changes file.

A hop is a call from one file of ours directly into another. What a library calls back (a validator,
a default, a signal's receiver) enters a file and is no hop.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Walk:
    """The files that a request enters, in order, and its hops as (caller, function)."""

    files: list[str] = field(default_factory=list)
    hops: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{len(self.files)} files, {len(self.hops)} hops", *self.files, ""]
        return "\n".join([*lines, *(f"{caller} → {callee}" for caller, callee in self.hops)])


@contextmanager
def traced(packages: tuple[str, ...]) -> Iterator[Walk]:
    """Trace the calls of this thread within these packages while the context lasts."""
    walk = Walk()
    sys.setprofile(_recorder(walk, packages))
    try:
        yield walk
    finally:
        sys.setprofile(None)


def _recorder(walk: Walk, packages: tuple[str, ...]) -> Callable[[FrameType, str, object], None]:
    def file_of(code: CodeType) -> str | None:
        path = Path(code.co_filename)
        if code.co_name == "<module>" or not path.is_relative_to(ROOT):
            return None
        name = path.relative_to(ROOT)
        return str(name) if name.parts[0] in packages else None

    def record(frame: FrameType, event: str, _argument: object) -> None:
        if event != "call" or (entered := file_of(frame.f_code)) is None:
            return
        if entered not in walk.files:
            walk.files.append(entered)
        caller = file_of(frame.f_back.f_code) if frame.f_back else None
        if caller is not None and caller != entered:
            walk.hops.append((caller, f"{entered}:{frame.f_code.co_name}"))

    return record
