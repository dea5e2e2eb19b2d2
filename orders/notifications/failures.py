"""Put into words what went wrong with a mail, without the customer's data."""

import os
from smtplib import SMTPRecipientsRefused, SMTPResponseException


def without_addresses(error: Exception) -> str:
    """Return what went wrong without the server's words: they quote the customer's address."""
    kind = type(error).__name__
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _words in error.recipients.values()})
        return f"{kind}: the mail server answered {', '.join(codes)}"
    if isinstance(error, SMTPResponseException):
        return f"{kind}: the mail server answered {error.smtp_code}"
    if isinstance(error, OSError) and error.errno:
        return f"{kind}: {os.strerror(error.errno)}"
    return kind
