"""Print what a subcommand found: a table for people, JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Record = Mapping[str, Any]

_NOTHING = "–"


class Stream(Protocol):
    """Be written to."""

    def write(self, text: str, /) -> object:
        """Write a text; a line break follows it."""


class Output:
    """Print each result once, in the form that was asked for."""

    def __init__(self, stream: Stream, *, as_json: bool) -> None:
        self._stream = stream
        self.as_json = as_json

    def rows(self, records: Sequence[Record], *, columns: Mapping[str, str], none: str) -> None:
        """Print records: as JSON whole; as a table, the columns that `{heading: key}` names.

        `none` is said to people where there are no records.
        """
        if self.as_json:
            self._json(records)
        elif records:
            told = [[_cell(record.get(key)) for key in columns.values()] for record in records]
            self._table([list(columns), *told])
        else:
            self._stream.write(none)

    def result(self, record: Record, *, words: str) -> None:
        """Print what became of something: the record for programs, these words for people."""
        if self.as_json:
            self._json(record)
        else:
            self.say(words)

    def say(self, words: str) -> None:
        """Tell people something, and programs nothing."""
        if not self.as_json:
            self._stream.write(printable(words))

    def _json(self, value: object) -> None:
        self._stream.write(json.dumps(value, indent=2, ensure_ascii=False, default=str))

    def _table(self, lines: Sequence[Sequence[str]]) -> None:
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self._stream.write("  ".join(cells).rstrip())


def printable(words: str) -> str:
    """Return words without the characters that would steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in words)


def _cell(value: object) -> str:
    return _NOTHING if value is None or value == "" else printable(str(value)).replace("\n", " ")
