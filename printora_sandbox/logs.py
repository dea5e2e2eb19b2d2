"""Logging that can be shown to anyone."""

import logging
import re
import traceback
from pathlib import Path

_OURS = str(Path(__file__).parent)
_TOKEN = re.compile(r"[0-9a-f]{64}")


class MaskingFormatter(logging.Formatter):
    """Replace link tokens, wherever they appear in a record, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record without its tokens."""
        return _TOKEN.sub("<token>", super().format(record))


def type_and_place(error: BaseException) -> str:
    """Say what kind of error was raised and where in our code; its message may quote a customer."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_OURS)] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "an unknown place"
    return f"{type(error).__name__} at {place}"
