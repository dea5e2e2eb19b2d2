"""Say what Printora refused, so that nobody believes that it was done."""

from django.contrib import messages
from django.http import HttpRequest

from printora_integration.exceptions import PrintoraError


def say_no(request: HttpRequest, error: PrintoraError, *, doing: str) -> None:
    """Tell staff that Printora did not do it, in its own words."""
    messages.error(request, f"{doing} failed, and nothing was changed here. {error}")
