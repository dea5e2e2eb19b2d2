"""The audit log of looks at raw bodies and mails."""

from django.db.models import Model
from django.http import HttpRequest

from pages.audit import record
from pages.masking import masks_customers


def record_look(request: HttpRequest, row: Model, subject: str) -> None:
    """Record that a member of staff looks at the body or the mail of a row.

    Raises what the database raises: a look that cannot be recorded is not shown.
    """
    if request.method != "GET":  # HEAD shows nothing
        return
    masked = ", customer masked" if masks_customers() else ""
    record(request.user, type(row), f"Looked at its {subject}{masked}.", of=row)
