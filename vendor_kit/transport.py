"""HTTP to a vendor's API: the only file that does any.

One call has one deadline, whatever it needs within: retries, waits and slow responses. Nothing of
httpx leaves this file: what goes wrong is raised as an error of `exceptions.py`, without the key, a
token or a body in it.

What this relies on beyond httpx's documentation: httpcore looks a timeout up in
`request.extensions["timeout"]` when the phase that it limits begins, so that a phase may be given
the time that earlier ones have left. `tests/vendor_kit/test_transport_deadline.py` proves it for
the versions that are pinned.
"""

import random
import time
from collections.abc import Collection, Mapping
from typing import Any

import httpx
import stamina

from . import exceptions as errors
from .responses import (
    Exchange,
    ExchangeObserver,
    RateLimit,
    Response,
    json_or_text,
    read_clock_skew,
    read_rate_limit,
    read_success,
)

HTTPTransport = httpx.BaseTransport  # for tests: an httpx.MockTransport
MAX_ATTEMPTS = 4
_ATTEMPT_TIMEOUT = 4.0  # seconds for one attempt: one long one is better than two short ones
_MIN_TIMEOUT = 0.1  # seconds
_PAUSE_TIMEOUT = 1.0  # seconds between two pieces of one response
_MAX_RESPONSE = 2**20  # bytes
_MAX_BACKOFF = 0.6  # seconds between two attempts, unless the vendor names a time
_WEBHOOK_TIMEOUT = 10.0  # seconds for our own endpoint: it should need none of them
_RETRIED_STATUSES = frozenset({429, 502, 503, 504})
_NOT_CARRIED_OUT = (errors.UnreachableError, errors.RateLimitError)


class Transport:
    """The way to one vendor's API.

    `vendor` is its name in messages. A path is relative to `path_prefix` on the host `base_url`.
    `deadline` is how many seconds one call may take in all; the last response may end a second
    later. (Neither a name server nor headers sent byte by byte can be limited.) With a `reserve`, a
    call waits for the rate limit's reset when no more than that many are left: as long as its
    deadline at most, and before that begins. `on_exchange` is called with each request and its
    response, attempts that failed included. `transport` is for tests: pass an httpx.MockTransport.

    `rate_limit` is what the last response said of it, or None before one did; `clock_skew` is by
    how many seconds our clock was ahead of that response's.
    """

    def __init__(
        self,
        *,
        vendor: str,
        base_url: str,
        path_prefix: str,
        headers: Mapping[str, str],
        deadline: float,
        reserve: int | None = None,
        on_exchange: ExchangeObserver | None = None,
        transport: HTTPTransport | None = None,
    ) -> None:
        self.vendor = vendor
        self.deadline = deadline
        self.reserve = reserve
        self.rate_limit: RateLimit | None = None
        self.clock_skew: float | None = None
        self._on_exchange = on_exchange
        self._path_prefix = path_prefix
        try:
            self._http = httpx.Client(base_url=base_url, headers=headers, transport=transport)
        except httpx.InvalidURL:
            raise errors.ArgumentError("base_url is not a URL.") from None

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()

    def ping(self) -> None:
        """Return once the vendor gives any response; raises TransportError when none comes."""
        request = self._http.build_request("GET", "/")
        _limit_attempt(request, seconds=_ATTEMPT_TIMEOUT)
        self._send(request, ends_at=time.monotonic() + _ATTEMPT_TIMEOUT)

    def request(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        accept: Collection[int] = frozenset({200}),
    ) -> dict[str, Any]:
        """Return the JSON object of a successful response, trying again while that may help.

        A POST without an idempotency key is repeated only where it was surely not carried out.
        Raises a TransportError, an APIError or InvalidResponseError.
        """
        self._wait_for_reserve()
        ends_at = time.monotonic() + self.deadline
        is_repeatable = method != "POST" or "Idempotency-Key" in (headers or {})

        def backoff(error: Exception) -> bool | float:
            if not (is_repeatable or isinstance(error, _NOT_CARRIED_OUT)):
                return False
            return _backoff(error, seconds_left=ends_at - time.monotonic())

        for attempt in stamina.retry_context(
            on=backoff, attempts=MAX_ATTEMPTS, timeout=None, wait_max=_MAX_BACKOFF, wait_jitter=0.2
        ):
            with attempt:
                request = self._http.build_request(
                    method, self._path_prefix + path, json=json, params=params, headers=headers
                )
                # The last attempt must end by the deadline too.
                seconds_left = max(ends_at - time.monotonic(), _MIN_TIMEOUT)
                _limit_attempt(request, seconds=min(_ATTEMPT_TIMEOUT, seconds_left))
                response = self._send(request, ends_at=ends_at)
                return read_success(response, accept, vendor=self.vendor)
        raise AssertionError("retry_context returns or raises")

    def _wait_for_reserve(self) -> None:
        """Wait for the rate limit's reset where what is left is for others; never for long."""
        if self.reserve is not None and self.rate_limit is not None:
            time.sleep(min(self.rate_limit.seconds_to_wait(self.reserve), self.deadline))

    def _send(self, request: httpx.Request, *, ends_at: float) -> Response:
        try:
            httpx_response = self._http.send(request, stream=True)
            try:
                body = self._read(httpx_response, ends_at=ends_at)
            finally:
                httpx_response.close()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise errors.UnreachableError(f"{self.vendor} could not be reached.") from error
        except httpx.TimeoutException as error:
            raise errors.TransportError(f"{self.vendor} did not answer in time.") from error
        except httpx.HTTPError:
            # Without `from`: "Illegal header value" quotes the header, and that is the key.
            raise errors.TransportError(f"The connection to {self.vendor} broke.") from None
        response = Response(
            status=httpx_response.status_code,
            headers=dict(httpx_response.headers),
            body=body,
        )
        self.rate_limit = read_rate_limit(response.headers) or self.rate_limit
        self.clock_skew = read_clock_skew(response.headers)
        if self._on_exchange:
            self._on_exchange(_exchange(request, response))
        return response

    def _read(self, httpx_response: httpx.Response, *, ends_at: float) -> bytes:
        """Return the body; httpx limits each wait for a piece, and this all of them together."""
        # Looked up when the body begins: what is on its way comes without long pauses.
        httpx_response.request.extensions["timeout"]["read"] = _PAUSE_TIMEOUT
        body = bytearray()
        for piece in httpx_response.iter_bytes():
            body += piece
            if len(body) > _MAX_RESPONSE:
                raise errors.InvalidResponseError(f"{self.vendor}'s response is over 1 MiB.")
            if time.monotonic() > ends_at:
                raise errors.TransportError(f"{self.vendor} did not answer in time.")
        return bytes(body)


def post_webhook(url: str, body: bytes, *, headers: Mapping[str, str]) -> Response:
    """Post a webhook to an endpoint of ours, as the vendor would, and return the response.

    Redirects are not followed: vendors follow none. Raises UnreachableError without a connection,
    TransportError when the connection brings no response.
    """
    try:
        httpx_response = httpx.post(url, content=body, headers=headers, timeout=_WEBHOOK_TIMEOUT)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise errors.UnreachableError("Nothing listens at the webhook's address.") from error
    except httpx.HTTPError as error:
        raise errors.TransportError("The webhook's address did not answer.") from error
    return Response(
        status=httpx_response.status_code,
        headers=dict(httpx_response.headers),
        body=httpx_response.content,
    )


def _limit_attempt(request: httpx.Request, *, seconds: float) -> None:
    """Limit how long the request may take until its response begins.

    httpx limits each phase, and nothing limits them all. Here the connection may take half of the
    time, and TLS the other half; the response has what is left.
    """
    ends_at = time.monotonic() + seconds
    limits = httpx.Timeout(seconds, connect=seconds / 2).as_dict()

    def leave_the_rest(phase: str, _info: dict[str, Any]) -> None:
        if phase.endswith("receive_response_headers.started"):
            limits["read"] = max(ends_at - time.monotonic(), _MIN_TIMEOUT)

    request.extensions |= {"timeout": limits, "trace": leave_the_rest}


def _backoff(error: Exception, *, seconds_left: float) -> bool | float:
    """Return whether to try again: no, as usual, or after as many seconds as the vendor asks."""
    if isinstance(error, errors.APIError) and error.status in _RETRIED_STATUSES:
        if error.retry_after is not None:
            wait = error.retry_after + random.uniform(0, 0.2)  # noqa: S311 -- jitter, not a secret
            return wait if wait < seconds_left else False
    elif not isinstance(error, errors.TransportError):
        return False
    return seconds_left > _MAX_BACKOFF


def _exchange(request: httpx.Request, response: Response) -> Exchange:
    return Exchange(
        method=request.method,
        url=str(request.url),
        idempotency_key=request.headers.get("Idempotency-Key"),
        sent=json_or_text(request.content),
        status=response.status,
        received=json_or_text(response.body),
    )
