"""Access to staff's pages, and the way back from their forms."""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., HttpResponseBase]


def staff_only(view: View) -> View:
    """Return a view for staff only: others sign in first, or are refused."""
    return user_passes_test(_is_staff)(view)


def redirect_back(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """Redirect to the page of ours that a form names in `next`, else to `default`."""
    return redirect(next_url(request, default))


def next_url(request: HttpRequest, default: str) -> str:
    """Return the page of ours that a form names in `next`, else `default`."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else default


def _is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    if user.is_authenticated and not getattr(user, "is_staff", False):
        raise PermissionDenied  # signed in, and the answer is no
    return user.is_authenticated
