"""Logging without secrets and without customers' data."""

import logging
import re
import traceback
from pathlib import Path

_SANDBOX_FOLDER = str(Path(__file__).parent)
_TOKEN = re.compile(r"[0-9a-f]{64}")


class MaskingFormatter(logging.Formatter):
    """A formatter that masks link tokens everywhere in a record, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text without its tokens."""
        return _TOKEN.sub("<token>", super().format(record))


def describe_error(error: BaseException) -> str:
    """Return an error's type and its place in our code; its message may quote a customer."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_SANDBOX_FOLDER)] or frames
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "an unknown place"
    return f"{type(error).__name__} at {place}"
