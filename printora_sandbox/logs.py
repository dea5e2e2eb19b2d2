"""Logging that can be shown to anyone."""

import logging
import re

_TOKEN = re.compile(r"[0-9a-f]{64}")


class MaskingFormatter(logging.Formatter):
    """Replace link tokens, wherever they appear in a record, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record without its tokens."""
        return _TOKEN.sub("<token>", super().format(record))
