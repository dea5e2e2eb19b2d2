"""The brake on guessing passwords: django-axes counts failures, and these limits decide.

The reasons are in docs/adr/0013-a-lockout-that-cannot-shut-staff-out.md.
"""

import math
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from .known_browsers import known_browser_id


class Limit(NamedTuple):
    """The failures that are allowed with the same values in these columns of AccessAttempt."""

    columns: tuple[str, ...]
    failures: int


UNKNOWN_BROWSER_LIMITS = (
    Limit(("username", "ip_address"), 10),
    Limit(("ip_address",), 20),  # one client that tries many names
    Limit(("username",), 30),  # many clients that try one name
)
# The id of the browser takes the place of its User-Agent header.
KNOWN_BROWSER_LIMITS = (Limit(("username", "user_agent"), 10),)


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # untyped
    """The handler of django-axes, with several limits and with known browsers."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:  # noqa: ANN401 -- axes adds attributes
        """Return AXES_FAILURE_LIMIT while one of our limits is reached, else 0.

        django-axes has one limit for everything that it counts.
        """
        request.sign_in_locked_until = self._locked_until(request, credentials)
        return settings.AXES_FAILURE_LIMIT if request.sign_in_locked_until else 0

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: Any = None,  # noqa: ANN401 -- axes adds attributes
        **kwargs: object,
    ) -> None:
        """Count a failure, under the id of the browser where it is known."""
        if request is not None:
            self._identify_browser(request, credentials)
        super().user_login_failed(sender, credentials, request, **kwargs)

    def _locked_until(
        self,
        request: Any,  # noqa: ANN401 -- axes adds attributes
        credentials: dict[str, Any] | None,
    ) -> datetime | None:
        is_known = self._identify_browser(request, credentials)
        values = {
            "username": get_client_username(request, credentials),
            "ip_address": request.axes_ip_address,
            "user_agent": request.axes_user_agent,
        }
        limits = KNOWN_BROWSER_LIMITS if is_known else UNKNOWN_BROWSER_LIMITS
        return max(filter(None, (reached_until(limit, values) for limit in limits)), default=None)

    def _identify_browser(self, request: Any, credentials: dict[str, Any] | None) -> bool:  # noqa: ANN401 -- axes adds attributes
        username = get_client_username(request, credentials) or ""
        browser = known_browser_id(request, username)
        if browser:
            request.axes_user_agent = f"known browser {browser}"
        return browser is not None


def reached_until(limit: Limit, values: dict[str, Any]) -> datetime | None:
    """Return when fewer failures than the limit will be left, or None where it is not reached."""
    cool_off = get_cool_off()
    rows = (
        AccessAttempt.objects.filter(**{column: values[column] for column in limit.columns})
        .filter(attempt_time__gt=timezone.now() - cool_off)
        .order_by("-attempt_time")
        .values_list("attempt_time", "failures_since_start")
    )
    failures = 0
    for attempt_time, count in rows[: limit.failures]:  # each row has one failure or more
        failures += count
        if failures >= limit.failures:
            until: datetime = attempt_time + cool_off
            return until
    return None


def client_network(request: HttpRequest) -> str | None:
    """Return the client's IPv4 address, or its IPv6 network: one client has a whole /64."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False).network_address)


def locked_response(request: Any, *_args: object) -> HttpResponse:  # noqa: ANN401 -- axes adds attributes
    """Answer a locked sign-in: 429, and when to try again."""
    until: datetime = request.sign_in_locked_until
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    context = {"minutes": math.ceil(seconds / 60)}
    response = render(request, "registration/locked.html", context, status=429)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response
