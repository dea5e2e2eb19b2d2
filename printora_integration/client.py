"""Talk to Printora's API: the only file that does HTTP.

Nothing of httpx leaves it: what goes wrong comes out as an error of `exceptions.py`, without the
key, a token or a body in it.
"""

import atexit
import random
import re
import time
from collections.abc import Collection
from functools import cache
from typing import Any

import httpx
import stamina
from django.conf import settings

from . import exceptions as errors
from . import resources
from .arguments import require_absolute, require_header_text
from .clock import read_clock_skew
from .deadlines import hold_to
from .exchanges import Observer, exchange_of
from .rate_limit import RateLimit, read_rate_limit
from .replies import Reply, success
from .signatures import HEADER, sign

_USER_AGENT = "printora-django/1.0"
ATTEMPTS = 4
# Seconds that a visitor's click may take in all, retries included; the last reply may end a
# _PAUSE_TIMEOUT later. (Neither a name server nor headers sent byte by byte can be limited.)
CLICK_PATIENCE = 4.0
BACKGROUND_PATIENCE = 60.0  # the same for a background task
BACKGROUND_RESERVE = 5  # calls that background tasks leave to clicks
WEBHOOK_PATIENCE = 10.0  # seconds for our own endpoint: it should need none of them
_ATTEMPT_TIMEOUT = 4.0  # seconds for one attempt: one long one is better than two short ones
_PAUSE_TIMEOUT = 1.0  # seconds between two pieces of one reply
_MAX_REPLY = 2**20  # bytes
_LONGEST_WAIT = 0.6  # seconds between two attempts, unless Printora names a time
_RETRIED_STATUSES = frozenset({429, 502, 503, 504})
_NOT_CARRIED_OUT = (errors.UnreachableError, errors.RateLimitError)


class PrintoraClient:
    """Call Printora's Partner API, resource by resource.

    `sessions`, `orders`, `webhook_logs`, `catalog`, `creators`, `merch` and `merch_editor` have one
    method an endpoint, and an iterator over all pages where there are pages.
    `base_url` is the host; a trailing slash or `/api/v1` is accepted and dropped. `patience` is how
    many seconds one call may take in all. With a `reserve`, a call waits for the rate limit's reset
    when no more than that many are left: as long as its patience at most, and before that begins.
    `on_exchange` is called with each request and its reply, tries that failed included; the key is
    not in them. `transport` is for tests: pass an httpx.MockTransport.

    `rate_limit` is what the last reply said of it, or None before one did; `clock_skew` is by how
    many seconds our clock was ahead of that reply's.

    Every method raises a PrintoraError: TransportError when no reply came, a ReplyError when
    Printora said no, UnexpectedReplyError when the reply is not the JSON we know. Connection
    errors, 429 and 502 to 504 are tried again with the same idempotency key, at most four tries in
    all. A POST that carries no such key is tried again only where Printora cannot have carried it
    out: without a connection, and after 429.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        patience: float = CLICK_PATIENCE,
        reserve: int | None = None,
        on_exchange: Observer | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base_url = re.sub(r"(/api/v1)?/*$", "", base_url.strip())
        self.patience = patience
        self.reserve = reserve
        self._on_exchange = on_exchange
        self.rate_limit: RateLimit | None = None
        self.clock_skew: float | None = None
        api_key = api_key.strip()  # a key read from a file ends with a line break
        require_absolute(base_url=self.base_url)
        require_header_text(api_key=api_key)
        try:
            self._http = httpx.Client(
                base_url=self.base_url,
                headers={"Authorization": f"Bearer {api_key}", "User-Agent": _USER_AGENT},
                transport=transport,
            )
        except httpx.InvalidURL:
            raise errors.ArgumentError("base_url is not a URL.") from None
        self.sessions = resources.Sessions(self._call)
        self.orders = resources.Orders(self._call)
        self.webhook_logs = resources.WebhookLogs(self._call)
        self.catalog = resources.Catalog(self._call)
        self.creators = resources.Creators(self._call)
        self.merch = resources.MerchItems(self._call)
        self.merch_editor = resources.MerchEditors(self._call)

    def __repr__(self) -> str:
        return f"PrintoraClient(base_url={self.base_url!r})"

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()

    def ping(self) -> None:
        """Return once Printora gives any reply at all; raises TransportError when none comes."""
        request = self._http.build_request("GET", "/")
        hold_to(request, seconds=_ATTEMPT_TIMEOUT)
        self._send(request, deadline=time.monotonic() + _ATTEMPT_TIMEOUT)

    def _call(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        accept: Collection[int] = frozenset({200}),
    ) -> dict[str, Any]:
        """Return the JSON object of a successful reply, trying again while that may help."""
        self._leave_reserve()
        deadline = time.monotonic() + self.patience
        repeatable = method != "POST" or "Idempotency-Key" in (headers or {})

        def backoff(error: Exception) -> bool | float:
            if not (repeatable or isinstance(error, _NOT_CARRIED_OUT)):
                return False
            return _backoff(error, seconds_left=deadline - time.monotonic())

        for attempt in stamina.retry_context(
            on=backoff, attempts=ATTEMPTS, timeout=None, wait_max=_LONGEST_WAIT, wait_jitter=0.2
        ):
            with attempt:
                # The last try must end by the deadline too.
                timeout = min(_ATTEMPT_TIMEOUT, max(deadline - time.monotonic(), 0.1))
                request = self._http.build_request(
                    method, path, json=json, params=params, headers=headers
                )
                hold_to(request, seconds=timeout)
                return success(self._send(request, deadline=deadline), accept)
        raise AssertionError("retry_context returns or raises")

    def _leave_reserve(self) -> None:
        """Wait for the rate limit's reset where what is left is for others; never for long."""
        if self.reserve is not None and self.rate_limit is not None:
            time.sleep(min(self.rate_limit.seconds_to_wait(self.reserve), self.patience))

    def _send(self, request: httpx.Request, *, deadline: float) -> Reply:
        try:
            response = self._http.send(request, stream=True)
            try:
                body = _read(response, deadline=deadline)
            finally:
                response.close()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise errors.UnreachableError("Printora could not be reached.") from error
        except httpx.TimeoutException as error:
            raise errors.TransportError("Printora did not answer in time.") from error
        except httpx.HTTPError:
            # Without `from`: "Illegal header value" quotes the header, and that is the key.
            raise errors.TransportError("The connection to Printora broke.") from None
        self.rate_limit = read_rate_limit(response.headers) or self.rate_limit
        self.clock_skew = read_clock_skew(response.headers)
        reply = Reply(status=response.status_code, headers=response.headers, body=body)
        if self._on_exchange:
            key = request.headers.get("Idempotency-Key")
            self._on_exchange(
                exchange_of(request.method, str(request.url), key, request.content, reply)
            )
        return reply


def _read(response: httpx.Response, *, deadline: float) -> bytes:
    """Return the body; httpx limits each wait for a piece, and this all of them together."""
    # httpcore looks this up when the body begins: what is on its way comes without long pauses.
    response.request.extensions["timeout"]["read"] = _PAUSE_TIMEOUT
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _MAX_REPLY:
            raise errors.UnexpectedReplyError("Printora's reply is over 1 MiB.")
        if time.monotonic() > deadline:
            raise errors.TransportError("Printora did not answer in time.")
    return bytes(body)


def post_webhook(url: str, body: bytes, *, secret: str) -> Reply:
    """Post a signed webhook to an endpoint of ours, as Printora would, and return the reply.

    Redirects are not followed: Printora follows none. Raises UnreachableError without a connection,
    TransportError when the connection brings no reply.
    """
    headers = {
        HEADER: sign(body, secret),
        "Content-Type": "application/json",
        "User-Agent": "Printora-Webhook/1.0",
    }
    try:
        response = httpx.post(url, content=body, headers=headers, timeout=WEBHOOK_PATIENCE)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise errors.UnreachableError("Nothing listens at the webhook's address.") from error
    except httpx.HTTPError as error:
        raise errors.TransportError("The webhook's address did not answer.") from error
    return Reply(status=response.status_code, headers=response.headers, body=response.content)


@cache
def get_client() -> PrintoraClient:
    """Return this process's client for visitors' clicks, made on first use and closed at exit."""
    return _kept(make_client())


@cache
def get_background_client() -> PrintoraClient:
    """Return this process's client for background tasks: patient, and it leaves calls to clicks.

    One call may wait a minute for the rate limit's reset and take another. Never call it while a
    visitor waits.
    """
    return _kept(make_client(patience=BACKGROUND_PATIENCE, reserve=BACKGROUND_RESERVE))


def make_client(
    *,
    patience: float = CLICK_PATIENCE,
    reserve: int | None = None,
    on_exchange: Observer | None = None,
) -> PrintoraClient:
    """Return a client of the settings for one use; close it afterwards."""
    return PrintoraClient(
        base_url=settings.PRINTORA_API_URL,
        api_key=settings.PRINTORA_API_KEY,
        patience=patience,
        reserve=reserve,
        on_exchange=on_exchange,
    )


def _kept(client: PrintoraClient) -> PrintoraClient:
    atexit.register(client.close)
    return client


def _backoff(error: Exception, *, seconds_left: float) -> bool | float:
    """Say whether to try again: no, as usual, or after as many seconds as Printora asked for."""
    if isinstance(error, errors.ReplyError) and error.status in _RETRIED_STATUSES:
        if error.retry_after is not None:
            wait = error.retry_after + random.uniform(0, 0.2)  # noqa: S311 -- jitter, not a secret
            return wait if wait < seconds_left else False
    elif not isinstance(error, errors.TransportError):
        return False
    return seconds_left > _LONGEST_WAIT
