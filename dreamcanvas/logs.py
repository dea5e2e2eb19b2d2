"""Log lines without the values that some exceptions quote."""

import logging
from collections.abc import Iterator

import psycopg
import pydantic
from django.db import DataError
from django.db import Error as DatabaseError

_WITHHELD = "(the message is withheld: it quotes values)"


class LineFormatter(logging.Formatter):
    """A formatter that shortens the messages of databases and of pydantic, in tracebacks too.

    PostgreSQL quotes whole rows ("Failing row contains …") and values of the wrong form.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traceback behind it."""
        text = super().format(record)
        error = record.exc_info[1] if record.exc_info else None
        for message, short in _messages(error):
            text = text.replace(message, short).replace(repr(message)[1:-1], short)
        return text


def _messages(error: BaseException | None) -> Iterator[tuple[str, str]]:
    """Yield the messages of an exception and of its causes that may quote values, shortened."""
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        message = str(error)
        if isinstance(error, DataError | psycopg.DataError | pydantic.ValidationError):
            yield message, _WITHHELD
        elif isinstance(error, DatabaseError | psycopg.Error):
            yield message, message.partition("\n")[0]  # the details are in the lines below
        error = error.__cause__ or error.__context__
