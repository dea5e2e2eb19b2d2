"""The API's faults, in the order in which a call meets them."""

import json
import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from printora_sandbox.dialect import reworded
from printora_sandbox.models import Faults, strikes

from .errors import reply

_CREATE_SESSION = "/api/v1/partner-session"


def answer_with_faults(
    request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]
) -> HttpResponseBase:
    """Answer one call, or fail it, as the console says."""
    faults = Faults.current()
    time.sleep(faults.latency_ms / 1000)
    if strikes(faults.rate_limit_percent):
        response = reply(429, "RATE_LIMIT_EXCEEDED", "Too many requests")
        response["Retry-After"] = "1"
        return response
    if strikes(faults.error_percent):
        return reply(500, "INTERNAL_ERROR", "Internal server error")
    response = answer(request)
    creates = request.path == _CREATE_SESSION
    if creates and response.status_code == 201 and strikes(faults.lost_reply_percent):
        return _lost()
    if faults.snake_case or faults.extra_fields:
        _reword(response, faults, flat=creates and faults.snake_case)
    return response


def _lost() -> HttpResponseBase:
    """Return a reply that never arrives: the session is saved, the connection just closes.

    WSGI can't hang up. A body that ends before its Content-Length makes the server do it, and
    Granian does it before the client has seen so much as a status line.
    """
    response = StreamingHttpResponse(_cut_short(), content_type="application/json")
    response["Content-Length"] = "2"
    return response


def _cut_short() -> Iterator[bytes]:
    yield b"{"


def _reword(response: HttpResponse, faults: Faults, *, flat: bool) -> None:
    """Rewrite a successful reply; older documents write that of a new session without `data`."""
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return
    envelope = json.loads(response.content)
    if not envelope.get("success"):
        return
    if "data" not in envelope:  # creators and merch come under names of their own
        told = reworded(envelope, faults)
    else:
        data = reworded(envelope["data"], faults)
        told = {"success": True, **data} if flat else {**envelope, "data": data}
    response.content = json.dumps(told).encode()
    response["Content-Length"] = str(len(response.content))
