"""Talk to Printora's API: the only file that does HTTP.

Nothing of httpx leaves it: what goes wrong comes out as an error of `exceptions.py`, without the
key, a token or a body in it.
"""

import atexit
import random
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import stamina
from django.conf import settings
from pydantic import ValidationError

from . import exceptions as errors
from .schemas import PartnerSession, Wire

T = TypeVar("T", bound=Wire)

ATTEMPTS = 4
CLICK_PATIENCE = 5.0  # seconds that a visitor's click may take in all, retries included
_ATTEMPT_TIMEOUT = 3.0  # seconds for one attempt
_LONGEST_WAIT = 0.6  # seconds between two attempts, unless Printora names a time
_RETRIED_STATUSES = frozenset({429, 502, 503, 504})
_ERROR_BY_STATUS: dict[int, type[errors.ReplyError]] = {
    400: errors.RequestInvalidError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    410: errors.GoneError,
    422: errors.RequestInvalidError,
    429: errors.RateLimitError,
}


class PrintoraClient:
    """Call Printora's Partner API, one method an endpoint.

    `base_url` is the host; a trailing slash or `/api/v1` is accepted and dropped. `patience` is how
    many seconds one call may take in all. `transport` is for tests: pass an httpx.MockTransport.

    Every method raises a PrintoraError: TransportError when no reply came, a ReplyError when
    Printora said no, UnexpectedReplyError when the reply is not the JSON we know. Connection
    errors, 429 and 502 to 504 are tried again, up to four times, with the same idempotency key.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        patience: float = CLICK_PATIENCE,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base_url = re.sub(r"(/api/v1)?/*$", "", base_url.strip())
        self.patience = patience
        self._http = httpx.Client(
            base_url=self.base_url,
            headers={"Authorization": f"Bearer {api_key}", "User-Agent": "DreamCanvas/1.0"},
            timeout=httpx.Timeout(_ATTEMPT_TIMEOUT),
            transport=transport,
        )

    def __repr__(self) -> str:
        return f"PrintoraClient(base_url={self.base_url!r})"

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()

    # --- Sessions ---------------------------------------------------------------------------------

    def create_session(
        self,
        *,
        idempotency_key: str,
        image_url: str,
        success_url: str,
        failed_url: str,
    ) -> PartnerSession:
        """Create a print session for a picture (flow A), or get the one this key made before.

        The URLs are absolute. Printora: "Create Session".
        """
        _require_absolute(image_url=image_url, success_url=success_url, failed_url=failed_url)
        body = {"imageUrl": image_url, "successUrl": success_url, "failedUrl": failed_url}
        reply = self._call(
            "POST",
            "/api/v1/partner-session",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
            accept={200, 201, 409},  # 409 with success: the same key again, the same session
        )
        return _parse(PartnerSession, _data(reply))

    def get_session(self, session_id: str) -> PartnerSession:
        """Return a session with its status and order. Printora: "Session Management"."""
        path = f"/api/v1/partner-session/{quote(session_id, safe='')}"
        return _parse(PartnerSession, _data(self._call("GET", path)))

    def ping(self) -> None:
        """Return once Printora gives any reply at all; raises TransportError when none comes."""
        self._send(self._http.build_request("GET", "/", timeout=_ATTEMPT_TIMEOUT))

    # --- The wire ---------------------------------------------------------------------------------

    def _call(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        accept: frozenset[int] | set[int] = frozenset({200}),
    ) -> dict[str, Any]:
        """Return the JSON object of a successful reply, trying again while that may help."""
        deadline = time.monotonic() + self.patience

        def backoff(error: Exception) -> bool | float:
            return _backoff(error, seconds_left=deadline - time.monotonic())

        for attempt in stamina.retry_context(
            on=backoff, attempts=ATTEMPTS, timeout=None, wait_max=_LONGEST_WAIT, wait_jitter=0.2
        ):
            with attempt:
                # The last try must end by the deadline too.
                timeout = min(_ATTEMPT_TIMEOUT, max(deadline - time.monotonic(), 0.1))
                request = self._http.build_request(
                    method, path, json=json, headers=headers, timeout=timeout
                )
                return _success(self._send(request), accept)
        raise AssertionError("retry_context returns or raises")

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._http.send(request)
        except httpx.TimeoutException as error:
            raise errors.TransportError("Printora did not answer in time.") from error
        except httpx.HTTPError as error:
            raise errors.TransportError("Printora could not be reached.") from error


@cache
def get_client() -> PrintoraClient:
    """Return this process's client, made on first use and closed at exit."""
    client = PrintoraClient(base_url=settings.PRINTORA_API_URL, api_key=settings.PRINTORA_API_KEY)
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


def _success(response: httpx.Response, accept: frozenset[int] | set[int]) -> dict[str, Any]:
    reply = _json_object(response)
    is_good = response.status_code < 400  # flat replies carry no `success`; a 409 must say so
    if response.status_code in accept and reply and reply.get("success", is_good) is True:
        return reply
    if is_good:
        raise errors.UnexpectedReplyError(
            f"Printora answered {response.status_code} with something that is not its JSON."
        )
    raise _reply_error(response, reply or {})


def _json_object(response: httpx.Response) -> dict[str, Any] | None:
    try:
        reply = response.json()
    except (ValueError, RecursionError):
        return None
    return reply if isinstance(reply, dict) else None


def _reply_error(response: httpx.Response, reply: dict[str, Any]) -> errors.ReplyError:
    """Build the error of a reply, whichever of Printora's three shapes it has."""
    error = reply.get("error")
    told: dict[str, Any] = error if isinstance(error, dict) else {"message": error}
    status = response.status_code
    kind = _ERROR_BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.ReplyError)
    return kind(
        str(told.get("message") or reply.get("message") or "no reason given"),
        status=status,
        code=str(told.get("code") or ""),
        details=_field_problems(told.get("details")),
        request_id=response.headers.get("x-request-id"),
        retry_after=_retry_after(response.headers),
    )


def _field_problems(details: object) -> tuple[errors.FieldProblem, ...]:
    return tuple(
        errors.FieldProblem(field=str(entry.get("field")), message=str(entry.get("message")))
        for entry in (details if isinstance(details, list) else [])
        if isinstance(entry, dict)
    )


def _retry_after(headers: httpx.Headers) -> float | None:
    """Return how many seconds to wait: Retry-After in either form, else X-RateLimit-Reset."""
    now = datetime.now(UTC)
    try:
        if value := headers.get("retry-after"):
            if value.isdecimal():
                return float(value)
            return max((parsedate_to_datetime(value) - now).total_seconds(), 0.0)
        if value := headers.get("x-ratelimit-reset"):
            return max(float(value) - now.timestamp(), 0.0)
    except (ValueError, TypeError, OverflowError):  # not a date, or without a zone, or absurd
        pass
    return None


def _data(reply: dict[str, Any]) -> object:
    return reply.get("data", reply)  # older replies are flat


def _parse(model: type[T], data: object) -> T:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())
        # Without `from`: pydantic's message quotes the reply, and replies stay out of logs.
        raise errors.UnexpectedReplyError(
            f"Printora's reply does not fit {model.__name__}: {places}."
        ) from None


def _require_absolute(**urls: str) -> None:
    for argument, url in urls.items():
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise errors.ArgumentError(f"{argument} must be an absolute http(s) URL.")
