"""Say who may enter the studio, and what happens when Printora says no."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from printora_integration.exceptions import PrintoraError

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Let staff pass, send strangers to sign in, and refuse whoever has signed in as less."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not getattr(request.user, "is_staff", False):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def say_no(request: HttpRequest, error: PrintoraError, *, doing: str) -> None:
    """Tell staff that Printora did not do it, in its own words, so that nobody believes it did."""
    messages.error(request, f"{doing} failed, and nothing was changed here. {error}")
