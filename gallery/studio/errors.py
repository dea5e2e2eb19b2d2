"""Messages about calls to Printora that failed, so that nobody believes that they succeeded."""

from django.contrib import messages
from django.http import HttpRequest

from printora_integration.exceptions import PrintoraError, TransportError, UnreachableError


def report_error(
    request: HttpRequest, error: PrintoraError, *, action: str, is_write: bool = True
) -> None:
    """Add a message that the action failed, or that its outcome is unknown.

    `action` begins the sentence ("Saving the item"); `is_write` is False for one that only reads.
    """
    is_unknown = isinstance(error, TransportError) and not isinstance(error, UnreachableError)
    if not is_write:
        outcome = "failed."
    elif is_unknown:
        outcome = "got no answer: Printora may have done it or not. Refresh before you try again."
    else:
        outcome = "failed, and nothing was changed here."
    messages.error(request, f"{action} {outcome} {describe_error(error)}")


def describe_error(error: PrintoraError) -> str:
    """Return what went wrong, with the details that staff can pass on to Printora's support."""
    return f"{error.user_title} ({error})."
