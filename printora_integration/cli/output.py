"""The output of a subcommand: a table for people, JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Record = Mapping[str, Any]

_EMPTY = "–"


class Stream(Protocol):
    """A stream to write to."""

    def write(self, text: str, /) -> object:
        """Write a text; a line break follows it."""


class Output:
    """Results, each printed once, in the form that was asked for."""

    def __init__(self, stream: Stream, *, as_json: bool) -> None:
        self._stream = stream
        self.as_json = as_json

    def rows(self, records: Sequence[Record], *, columns: Mapping[str, str], none: str) -> None:
        """Print records: as JSON whole; as a table, the columns that `{heading: key}` names.

        People see `none` where there are no records.
        """
        if self.as_json:
            self._json(records)
        elif records:
            lines = [[_cell(record.get(key)) for key in columns.values()] for record in records]
            self._table([list(columns), *lines])
        else:
            self._stream.write(none)

    def result(self, record: Record, *, message: str) -> None:
        """Print an outcome: the record for programs, the message for people."""
        if self.as_json:
            self._json(record)
        else:
            self.message(message)

    def message(self, message: str) -> None:
        """Print a message for people, and nothing for programs."""
        if not self.as_json:
            self._stream.write(printable(message))

    def _json(self, value: object) -> None:
        self._stream.write(json.dumps(value, indent=2, ensure_ascii=False, default=str))

    def _table(self, lines: Sequence[Sequence[str]]) -> None:
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self._stream.write("  ".join(cells).rstrip())


def printable(text: str) -> str:
    """Return text without the characters that would steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


def _cell(value: object) -> str:
    return _EMPTY if value is None or value == "" else printable(str(value)).replace("\n", " ")
