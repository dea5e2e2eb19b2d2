"""Say what Printora refused, so that nobody believes that it was done."""

from django.contrib import messages
from django.http import HttpRequest

from printora_integration.exceptions import PrintoraError, TransportError, UnreachableError


def say_no(request: HttpRequest, error: PrintoraError, *, doing: str) -> None:
    """Tell staff that Printora did not do it, in its own words."""
    unclear = isinstance(error, TransportError) and not isinstance(error, UnreachableError)
    outcome = (
        "got no answer: Printora may have done it or not. Refresh before you try again."
        if unclear
        else "failed, and nothing was changed here."
    )
    messages.error(request, f"{doing} {outcome} {error}")
