"""The faults of the API, in the order in which they apply to a call."""

import json
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from printora_sandbox.dialect import apply_dialect
from printora_sandbox.models import Faults, occurs

from .errors import error_response

_CREATE_SESSION = "/api/v1/partner-session"


def respond_with_faults(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponseBase:
    """Return the response to one call, or the failure that the console has configured."""
    faults = Faults.current()
    time.sleep(faults.latency_ms / 1000)
    if occurs(faults.rate_limit_percent):
        status = HTTPStatus.TOO_MANY_REQUESTS
        response = error_response(status, "RATE_LIMIT_EXCEEDED", "Too many requests")
        response["Retry-After"] = "1"
        return response
    if occurs(faults.error_percent):
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return error_response(status, "INTERNAL_ERROR", "Internal server error")
    response = get_response(request)
    is_create = request.path == _CREATE_SESSION
    created = is_create and response.status_code == HTTPStatus.CREATED
    if created and occurs(faults.lost_response_percent):
        return _truncated_response()
    if faults.snake_case or faults.extra_fields:
        _rewrite(response, faults, flat=is_create and faults.snake_case)
    return response


def _truncated_response() -> HttpResponseBase:
    """Return a response that never arrives: the session is saved and the connection closes.

    A WSGI application can't close the connection. The server does it when a body ends before its
    Content-Length, and Granian does it before the client has received the status line.
    """
    response = StreamingHttpResponse(_truncated_body(), content_type="application/json")
    response["Content-Length"] = "2"
    return response


def _truncated_body() -> Iterator[bytes]:
    yield b"{"


def _rewrite(response: HttpResponse, faults: Faults, *, flat: bool) -> None:
    """Rewrite a successful response in another dialect.

    ``flat`` moves the fields of `data` to the top level, as older documents have a new session.
    """
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return
    envelope = json.loads(response.content)
    if not envelope.get("success"):
        return
    if "data" not in envelope:  # creators and merch have their own keys
        content = apply_dialect(envelope, faults)
    else:
        data = apply_dialect(envelope["data"], faults)
        content = {"success": True, **data} if flat else {**envelope, "data": data}
    response.content = json.dumps(content).encode()
    response["Content-Length"] = str(len(response.content))
