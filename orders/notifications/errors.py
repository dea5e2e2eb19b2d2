"""The errors of mail servers, without the customer's data."""

import os
from smtplib import SMTPRecipientsRefused, SMTPResponseException


def describe_error(error: Exception) -> str:
    """Return what went wrong without the server's own text: it quotes the customer's address."""
    name = type(error).__name__
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _text in error.recipients.values()})
        return f"{name}: the mail server answered {', '.join(codes)}"
    if isinstance(error, SMTPResponseException):
        return f"{name}: the mail server answered {error.smtp_code}"
    if isinstance(error, OSError) and error.errno:
        return f"{name}: {os.strerror(error.errno)}"
    return name
