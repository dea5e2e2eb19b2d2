"""Access to staff's pages by permission, and the way back from their forms."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., HttpResponseBase]


def staff_permission(
    *permissions: str,
    or_redirect_to: Callable[[Any], str] | None = None,
) -> Callable[[View], View]:
    """Return a decorator of views for staff with all these permissions ("orders.view_order").

    Others sign in first, or are refused with a page that names what is missing. `or_redirect_to`
    takes the user who is refused, and returns the address of a page for them, or "".
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 -- the view's
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                require_permissions(request.user, permissions)
            except PermissionDenied:
                address = or_redirect_to(request.user) if or_redirect_to else ""
                if not address:
                    raise
                return redirect(address)
            return view(request, *args, **kwargs)

        guarded.staff_permissions = permissions  # type: ignore[attr-defined]  # `may_open` reads it
        return guarded

    return decorate


def require_permissions(user: Any, permissions: Iterable[str]) -> None:  # noqa: ANN401 -- request.user
    """Raise PermissionDenied unless the user is staff and has all these permissions."""
    if not user.is_staff:
        raise PermissionDenied
    missing = [permission for permission in permissions if not user.has_perm(permission)]
    if missing:
        raise PermissionDenied(_describe(missing))


def may_open(user: Any, url_name: str) -> bool:  # noqa: ANN401 -- request.user
    """Return whether the user may open a page of staff; raises AttributeError for another page."""
    view: Any = resolve(reverse(url_name)).func
    return bool(user.is_staff and user.has_perms(view.staff_permissions))


def redirect_back(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """Redirect to the page of ours that a form names in `next`, else to `default`."""
    return redirect(next_url(request, default))


def next_url(request: HttpRequest, default: str) -> str:
    """Return the page of ours that a form names in `next`, else `default`."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else default


def _describe(permissions: Iterable[str]) -> str:
    """Return the permissions by name and code: “Can view order” (orders.view_order)."""
    named = []
    for permission in permissions:
        label, codename = permission.split(".")
        rows = Permission.objects.filter(content_type__app_label=label, codename=codename)
        named.append(f"“{rows.values_list('name', flat=True).first()}” ({permission})")
    return ", ".join(named)
