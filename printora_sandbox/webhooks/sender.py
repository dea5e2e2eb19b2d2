"""One POST to the partner with the vendor's signature."""

import hashlib
import hmac
import time
from dataclasses import dataclass

import httpx

TIMEOUT_SECONDS = 5.0
MAX_RESPONSE_LENGTH = 1000  # characters


@dataclass(frozen=True, kw_only=True)
class Result:
    """The result of an attempt: the response, or the error if there was none."""

    http_status: int | None
    error: str
    response_body: str
    duration_ms: int

    @property
    def succeeded(self) -> bool:
        """Whether the partner accepted the webhook: any 2xx."""
        return self.http_status is not None and 200 <= self.http_status < 300


def signature(body: bytes, secret: str) -> str:
    """Return the value of ``x-printora-signature`` for these exact bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(client: httpx.Client, *, url: str, body: bytes, secret: str) -> Result:
    """Send one webhook and return the result; a network error is a result too."""
    started = time.monotonic()
    status, error, response_body = None, "", ""
    try:
        # Built without the client, which would add headers that the vendor doesn't send.
        request = httpx.Request("POST", url, content=body, headers=_headers(body, secret))
        request.extensions["timeout"] = httpx.Timeout(TIMEOUT_SECONDS).as_dict()
        status, response_body = _send(client, request, deadline=started + TIMEOUT_SECONDS)
    except httpx.TimeoutException:
        error = f"No response within {TIMEOUT_SECONDS:g} s"
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        error = f"{type(failure).__name__}: {failure}"[:200]
    duration = round((time.monotonic() - started) * 1000)
    return Result(
        http_status=status, error=error, response_body=response_body, duration_ms=duration
    )


def _headers(body: bytes, secret: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "Printora-Webhook/1.0",
        "x-printora-signature": signature(body, secret),
    }


def _send(client: httpx.Client, request: httpx.Request, *, deadline: float) -> tuple[int, str]:
    response = client.send(request, stream=True)
    try:
        start = b""
        for chunk in response.iter_raw():
            start += chunk
            if len(start) >= MAX_RESPONSE_LENGTH or time.monotonic() > deadline:
                break
    finally:
        response.close()
    # Not every database can store a NUL.
    text = start.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return response.status_code, text[:MAX_RESPONSE_LENGTH]
