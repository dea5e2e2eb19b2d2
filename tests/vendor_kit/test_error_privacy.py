"""No error shows a key, a token or a body, not even in its traceback."""

import traceback

import httpx
import pytest

from tests.vendor_kit.fakes import KEY, transport_for
from vendor_kit import exceptions as errors
from vendor_kit.fields import APIModel, OpaqueId
from vendor_kit.responses import Exchange, Response, parse

TOKEN = "tok_" + "secret"  # a traceback shows lines of code, and this file is code
MAIL = "@".join(["grace", "example.com"])
PRIVATE = (KEY, TOKEN, MAIL)


class Thing(APIModel):
    """A resource of a made-up vendor."""

    id: OpaqueId
    link: OpaqueId


def shown(error: BaseException) -> list[str]:
    """Return the private texts that an error shows."""
    text = "".join(traceback.format_exception(error)) + repr(error)
    return [secret for secret in PRIVATE if secret in text]


def test_api_error_shows_neither_key_nor_token_nor_body() -> None:
    response = httpx.Response(401, text=f"body with {MAIL}")
    with pytest.raises(errors.APIError) as refusal:
        transport_for(lambda _request: response).request("GET", f"things/{TOKEN}")
    assert shown(refusal.value) == []


def test_response_that_does_not_fit_shows_where_and_not_what() -> None:
    record = {"id": "t1", "link": [f"https://acme.example/en/print/{TOKEN}"]}
    with pytest.raises(errors.InvalidResponseError, match="link") as misfit:
        parse(Thing, record)
    assert shown(misfit.value) == []


def test_transport_error_shows_neither_key_nor_token() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(errors.TransportError) as failure:
        transport_for(refuse, deadline=0.05).request("GET", f"things/{TOKEN}")
    assert shown(failure.value) == []


def test_request_that_is_illegal_does_not_show_the_key() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.LocalProtocolError(f"Illegal header value Bearer {KEY}", request=request)

    with pytest.raises(errors.TransportError) as failure:
        transport_for(refuse, deadline=0.05).request("GET", "things")
    assert shown(failure.value) == []


def test_exchange_and_response_do_not_show_what_they_hold() -> None:
    exchanges: list[Exchange] = []
    body = {"link": f"https://acme.example/{TOKEN}"}
    vendor = transport_for(
        lambda _request: httpx.Response(200, json=body), on_exchange=exchanges.append
    )
    vendor.request("POST", "things", json={"email": MAIL}, headers={"Idempotency-Key": "key-1"})
    [exchange] = exchanges
    assert (exchange.method, exchange.status, exchange.idempotency_key) == ("POST", 200, "key-1")
    assert (exchange.sent, exchange.received) == ({"email": MAIL}, body)
    text = f"{exchange!r} {Response(status=200, headers={}, body=TOKEN.encode())!r}"
    assert [secret for secret in PRIVATE if secret in text] == []
