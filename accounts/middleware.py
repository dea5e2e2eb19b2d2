"""Middleware that decides whether a session still counts, and leads to the sign-in page."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from pages.htmx import HtmxHttpRequest

from . import second_factor, sessions

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class StaffSessionMiddleware:
    """A guard that makes `request.user` anonymous unless the session counts.

    A session that is too old is ended. A staff session that no second factor has verified is
    treated as nobody's. Because `request.user` itself is anonymous then, every page is as visitors
    see it, and a view that is added later is safe too.
    """

    def __init__(self, get_response: Callable[[HtmxHttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxHttpRequest) -> HttpResponse:
        """Check the session, answer, and note the activity."""
        # Without the cookie the session is not looked at: pages for everyone stay cacheable.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session:
            check_session(request)
        response = self.get_response(request)
        if _is_redirect_to_sign_in(response):
            return sign_in_response(request, response)
        if has_session and request.user.is_authenticated:
            if not _is_polling(request):
                sessions.record_activity(request.session)
            add_never_cache_headers(response)  # after signing out, Back shows nothing
        return response


def check_session(request: HtmxHttpRequest) -> None:
    """End a session that is too old, and take the user away from one that is not verified."""
    if not request.user.is_authenticated:
        return
    reason = sessions.reason_to_end(request.session)
    if reason:
        logout(request)
        messages.warning(request, reason)
    elif second_factor.is_required(request.user) and not second_factor.is_verified(request.user):
        _make_anonymous(request)


def _make_anonymous(request: HtmxHttpRequest) -> None:
    request.user = AnonymousUser()

    async def auser() -> AnonymousUser:
        return AnonymousUser()

    request.auser = auser


def _is_polling(request: HtmxHttpRequest) -> bool:
    match = request.resolver_match
    return bool(request.htmx and match and match.view_name in settings.STAFF_POLLED_VIEWS)


def _is_redirect_to_sign_in(response: HttpResponse) -> bool:
    location = urlsplit(response.get("Location", ""))
    return location.path in (reverse("login"), reverse("admin:login")) and "next" in parse_qs(
        location.query
    )


def sign_in_response(request: HtmxHttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the redirect to the sign-in page, so that nothing is lost without a word.

    After a form, the way back leads to the page of the form and not to the form's own address,
    and the sign-in page says that nothing was saved. htmx leaves the whole page.
    """
    if request.method not in _SAFE_METHODS:
        messages.warning(
            request,
            "You are not signed in, so nothing of what you sent was saved. Sign in, then send it "
            "again.",
        )
    elif not request.htmx:
        return response
    redirect = redirect_to_login(_page_of(request))
    return HttpResponseClientRedirect(redirect.url) if request.htmx else redirect


def _page_of(request: HtmxHttpRequest) -> str:
    """Return the page of ours on which the person clicked, else the first page of staff."""
    page = request.htmx.current_url or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return reverse(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
