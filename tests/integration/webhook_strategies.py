"""Generated requests to the webhook endpoint: bodies, headers, methods.

The environment's `GENERATED_BODIES` and `GENERATED_HEADERS` are how many of each are tried.
"""

import io
import json
import os
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from hypothesis import strategies as st

from printora_integration.schemas.webhooks import EventType
from tests.helpers import WEBHOOK, hand_signed
from tests.orders.stories import FULL, payload

BODIES = int(os.environ.get("GENERATED_BODIES", "400"))
HEADERS = int(os.environ.get("GENERATED_HEADERS", "300"))

# --- Bodies ---------------------------------------------------------------------------------------

# Few, so that duplicates and changed duplicates come up too.
_SESSIONS = ["sess_1", "sess_2", "sess_3", "\ud800", "日本", "s" * 128]
_ODD_TEXTS = ["", "\x00", "\ud83d", "a\udfffb", "\u2028", "İ" * 320, "x" * 400, "0", "-1", "1e400"]
_ODD_NUMBERS = [0, -1, 10**10, 10**30, 0.1, -0.0, 1e308, 5e-324, float("nan"), float("inf")]
_ODD_TIMES = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30", "2026-02-28"]
_ODD_VALUES = st.sampled_from(
    [*_ODD_TEXTS, *_ODD_TIMES, "order.paid", "2026-02-27T01:02:33Z", "20.10"]
)
_TEXTS = _ODD_VALUES | st.text(st.characters(), max_size=12)
_NUMBERS = st.sampled_from(_ODD_NUMBERS) | st.integers() | st.floats()
_NAMES = st.sampled_from(
    ["sessionId", "session_id", "event", "timestamp", "data", "orderId", "order_id", "items"]
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | _TEXTS, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def webhooks(draw: st.DrawFn) -> dict[str, Any]:
    """Return a webhook with a few of its fields, at any depth, left out or replaced."""
    event = draw(st.sampled_from(list(EventType)))
    data: dict[str, Any] = json.loads(json.dumps(FULL[event]))
    record = payload(event, data, session=draw(st.sampled_from(_SESSIONS)))
    for _change in range(draw(st.integers(0, 3))):
        _change_one(draw, draw(st.sampled_from(_records(record))))
    return record


def _records(value: Any) -> list[dict[str, Any]]:
    """Return a record and all records within."""
    if isinstance(value, list):
        return [record for item in value for record in _records(item)]
    if not isinstance(value, dict):
        return []
    return [value, *(record for item in value.values() for record in _records(item))]


def _change_one(draw: st.DrawFn, record: dict[str, Any]) -> None:
    name = draw(st.sampled_from(sorted(record)) | _NAMES if record else _NAMES)
    if draw(st.booleans()):
        record[name] = draw(ANYTHING)
    else:
        record.pop(name, None)


def _damaged(body: bytes) -> st.SearchStrategy[bytes]:
    """Return a body with some bytes cut out, and others put there."""
    place = st.integers(0, len(body))
    odd = st.sampled_from([b"", b"\x00", b"\xff", b"\xed\xa0\x80", b"NaN", b"[" * 5000, b'"a":1,'])
    return st.builds(
        lambda start, end, new: body[: min(start, end)] + new + body[max(start, end) :],
        *(place, place, odd | st.binary(max_size=6)),
    )


_JSON = (webhooks() | webhooks() | ANYTHING).map(lambda value: json.dumps(value).encode())
bodies: st.SearchStrategy[bytes] = (
    _JSON | _JSON | webhooks().map(lambda value: json.dumps(value).encode()).flatmap(_damaged)
) | st.binary(max_size=200)

# --- Requests -------------------------------------------------------------------------------------

_HEADER_NAMES = st.sampled_from(
    [
        *("HTTP_X_PRINTORA_SIGNATURE", "CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_HOST"),
        *("HTTP_X_PRINTORA_SIGNATURE", "CONTENT_LENGTH"),  # twice as often
        *("HTTP_TRANSFER_ENCODING", "HTTP_CONTENT_ENCODING", "HTTP_EXPECT", "HTTP_RANGE"),
        *("HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_DATE"),
        *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ORIGIN", "HTTP_REFERER"),
        *("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST"),
        *("HTTP_AUTHORIZATION", "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_CSRFTOKEN"),
        *("HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL", "HTTP_CONNECTION", "HTTP_SEC_FETCH_SITE"),
        *("REMOTE_ADDR", "QUERY_STRING"),
    ]
)
# What a WSGI server makes of any bytes.
_HEADER_TEXTS = st.text(st.characters(max_codepoint=255), max_size=40) | st.sampled_from(
    [
        *("", "0", "-1", "9" * 40, "ten", "1048577", "localhost", "chunked", "sha256=", "é" * 71),
        *("sha256=" + "0" * 64, "sha256=" + "A" * 64, "bytes=0-", "true", "https", "null", "*/*"),
        *("application/json; charset=utf-7", "multipart/form-data; boundary=", "gzip"),
        *("sessionid=x; csrftoken=", "dreamcanvas_session=" + "x" * 40, "x" * 9000, "a=\xff; =;;"),
    ]
)
headers = st.dictionaries(_HEADER_NAMES, _HEADER_TEXTS, max_size=5)
methods = st.sampled_from([*["POST"] * 6, "GET", "HEAD", "PUT", "OPTIONS", "post", "", "Ü"])
paths = st.sampled_from([WEBHOOK, WEBHOOK.rstrip("/")])

_site = WSGIHandler()


def send(body: bytes, *, method: str = "POST", path: str = WEBHOOK, **changed: str) -> int:
    """Send one signed request through the whole site, as a server would; return the status.

    `changed` are variables of WSGI. Nothing of Django's test client is in between.
    """
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_PRINTORA_SIGNATURE": hand_signed(body),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        **changed,
    }

    def start(status: str, *_headers_and_error: Any) -> Callable[[bytes], object]:
        statuses.append(status)
        return io.BytesIO().write

    _site(environ, start).close()
    return int(statuses[0][:3])
