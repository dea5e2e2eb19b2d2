"""Write values as text that a spreadsheet shows and cannot be made to calculate."""

from datetime import datetime

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula; times are ISO 8601."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    # The quote mark tells a spreadsheet that text follows.
    return f"'{text}" if text.startswith(_FORMULA) else text
