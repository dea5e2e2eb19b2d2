"""Say what Printora refused, so that nobody believes that it was done."""

from django.contrib import messages
from django.http import HttpRequest

from gallery.failures import explain
from printora_integration.exceptions import PrintoraError, TransportError, UnreachableError


def say_no(request: HttpRequest, error: PrintoraError, *, doing: str, changes: bool = True) -> None:
    """Tell staff that Printora did not do it, or that nobody knows whether it did."""
    unclear = isinstance(error, TransportError) and not isinstance(error, UnreachableError)
    if not changes:
        outcome = "failed."
    elif unclear:
        outcome = "got no answer: Printora may have done it or not. Refresh before you try again."
    else:
        outcome = "failed, and nothing was changed here."
    messages.error(request, f"{doing} {outcome} {reason(error)}")


def reason(error: PrintoraError) -> str:
    """Return what went wrong in plain words, with Printora's own for those who ask it."""
    return f"{explain(error).title} ({error})."
