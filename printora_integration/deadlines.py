"""Hold one attempt to its time: httpx limits each of its phases, and nothing limits them all."""

import time
from typing import Any

import httpx

_LEAST = 0.1  # seconds


def hold_to(request: httpx.Request, *, seconds: float) -> None:
    """Let the request bring the beginning of a reply within so many seconds, or raise.

    Making the connection may take half of them, and TLS the other half; the reply has what is left.
    """
    end = time.monotonic() + seconds
    limits = httpx.Timeout(seconds, connect=seconds / 2).as_dict()

    def leave_the_rest(phase: str, _info: dict[str, Any]) -> None:
        if phase.endswith("receive_response_headers.started"):
            limits["read"] = max(end - time.monotonic(), _LEAST)  # looked up as the phase begins

    request.extensions |= {"timeout": limits, "trace": leave_the_rest}
