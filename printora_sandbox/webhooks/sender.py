"""One POST to the partner, signed as the vendor signs it."""

import hashlib
import hmac
import time
from dataclasses import dataclass

import httpx

TIMEOUT_SECONDS = 5.0
REPLY_KEPT = 1000  # characters


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of an attempt: a status, or the error that took its place."""

    http_status: int | None
    error: str
    reply: str
    duration_ms: int

    @property
    def succeeded(self) -> bool:
        """Whether the partner took it: any 2xx."""
        return self.http_status is not None and 200 <= self.http_status < 300


def signature(body: bytes, secret: str) -> str:
    """Return the value of ``x-printora-signature`` for these exact bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(client: httpx.Client, *, url: str, body: bytes, secret: str) -> Result:
    """Send one webhook and report what happened; never raises for what the network does."""
    started = time.monotonic()
    status, error, reply = None, "", ""
    try:
        # Built by hand: a client would add headers that the vendor doesn't send.
        request = httpx.Request("POST", url, content=body, headers=_headers(body, secret))
        request.extensions["timeout"] = httpx.Timeout(TIMEOUT_SECONDS).as_dict()
        status, reply = _exchange(client, request, deadline=started + TIMEOUT_SECONDS)
    except httpx.TimeoutException:
        error = f"No reply within {TIMEOUT_SECONDS:g} s"
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        error = f"{type(failure).__name__}: {failure}"[:200]
    duration = round((time.monotonic() - started) * 1000)
    return Result(http_status=status, error=error, reply=reply, duration_ms=duration)


def _headers(body: bytes, secret: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "Printora-Webhook/1.0",
        "x-printora-signature": signature(body, secret),
    }


def _exchange(client: httpx.Client, request: httpx.Request, *, deadline: float) -> tuple[int, str]:
    response = client.send(request, stream=True)
    try:
        start = b""
        for chunk in response.iter_raw():
            start += chunk
            if len(start) >= REPLY_KEPT or time.monotonic() > deadline:
                break
    finally:
        response.close()
    # A NUL can't be stored by every database.
    text = start.decode("utf-8", "replace").replace("\0", "�")
    return response.status_code, text[:REPLY_KEPT]
