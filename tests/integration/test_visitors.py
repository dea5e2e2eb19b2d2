"""A visitor without an account is recognised by one signed cookie, and by nothing else."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from printora_integration.print_sessions.visitors import COOKIE, VisitorMiddleware, visitor_id


def visit(rf: RequestFactory, *, cookie: str | None = None) -> tuple[str, HttpResponse]:
    """Return the id that a page got, and the response after the middleware."""
    request = rf.get("/")
    if cookie is not None:
        request.COOKIES[COOKIE] = cookie
    ids: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        ids.extend([visitor_id(request), visitor_id(request)])
        return HttpResponse()

    response = VisitorMiddleware(page)(request)
    assert len(set(ids)) == 1
    return ids[0], response


def test_new_visitor_gets_an_id_and_a_cookie(rf: RequestFactory) -> None:
    visitor, response = visit(rf)
    assert re.fullmatch(r"[0-9a-f]{32}", visitor)
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == 365 * 24 * 60 * 60


def test_known_visitor_has_the_same_id_and_gets_no_new_cookie(rf: RequestFactory) -> None:
    visitor, first = visit(rf)
    again, second = visit(rf, cookie=first.cookies[COOKIE].value)
    assert again == visitor
    assert COOKIE not in second.cookies


def test_two_new_visitors_are_two(rf: RequestFactory) -> None:
    assert visit(rf)[0] != visit(rf)[0]


def test_page_that_needs_no_id_sets_no_cookie(rf: RequestFactory) -> None:
    response = VisitorMiddleware(lambda _request: HttpResponse())(rf.get("/"))
    assert not response.cookies


@pytest.mark.parametrize(
    "forge",
    [lambda value: "f" * 32 + value[32:], lambda value: value[:-1] + "_", lambda _: "f" * 32],
)
def test_tampered_cookie_makes_a_new_visitor(rf: RequestFactory, forge: object) -> None:
    assert callable(forge)
    visitor, response = visit(rf)
    forged, answer = visit(rf, cookie=forge(response.cookies[COOKIE].value))
    assert forged not in {visitor, "f" * 32}
    assert COOKIE in answer.cookies


@pytest.mark.parametrize("is_https", [True, False])
def test_cookie_is_secure_where_the_site_is(
    rf: RequestFactory, settings: Settings, is_https: bool
) -> None:
    settings.SESSION_COOKIE_SECURE = is_https
    assert bool(visit(rf)[1].cookies[COOKIE]["secure"]) is is_https


@pytest.mark.django_db
def test_site_runs_the_middleware(client: Client) -> None:
    client.get("/callback/success/?sessionId=s1")
    assert COOKIE in client.cookies
