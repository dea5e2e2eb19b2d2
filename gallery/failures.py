"""Say in plain words why a print could not be started, and what the visitor can do."""

from dataclasses import dataclass, replace
from math import ceil

from printora_integration.exceptions import (
    AuthenticationError,
    InvalidResponseError,
    NotFoundError,
    PermissionDeniedError,
    PrintoraError,
    RateLimitError,
    RedirectRefusedError,
    RequestInvalidError,
    ServerError,
    TransportError,
)

UNAVAILABLE, BAD_GATEWAY = 503, 502


@dataclass(frozen=True)
class Failure:
    """What the page says, its status, and the seconds to wait where they are known."""

    title: str
    words: str
    status: int = BAD_GATEWAY
    retry_after: int | None = None


_OURS = "That is for us to put right, not for you."

_FAILURES: tuple[tuple[type[PrintoraError], Failure], ...] = (
    (
        TransportError,
        Failure(
            "Printora did not answer",
            "The print shop could not be reached just now, or took too long. This usually "
            "passes within a minute.",
            UNAVAILABLE,
        ),
    ),
    (
        RateLimitError,
        Failure(
            "The press is busy",
            "Many pictures are being sent to print at this moment, and Printora asks us to "
            "slow down.",
            UNAVAILABLE,
        ),
    ),
    (
        ServerError,
        Failure(
            "Printora has a problem",
            "The print shop answered, but something went wrong there. This usually passes "
            "within a few minutes.",
            UNAVAILABLE,
        ),
    ),
    (
        RequestInvalidError,
        Failure(
            "Printora could not take this picture",
            "It may not have been able to fetch the picture from us. Try once more; if it "
            "happens again, another picture may work while we look into this one.",
        ),
    ),
    (
        AuthenticationError,
        Failure(
            "Printora did not let us in",
            f"The print shop did not accept our credentials. {_OURS}",
        ),
    ),
    (
        PermissionDeniedError,
        Failure(
            "Printora did not allow this print",
            f"The print shop says that our account may not print this. {_OURS}",
        ),
    ),
    (
        NotFoundError,
        Failure(
            "Printora does not know what to print",
            f"The print shop could not find what we asked it for. {_OURS}",
        ),
    ),
    (
        InvalidResponseError,
        Failure(
            "We did not understand Printora",
            "The print shop answered in a way we did not expect, so we stopped rather than guess.",
        ),
    ),
    (
        RedirectRefusedError,
        Failure(
            "We stopped at the door",
            "The address that we were given to send you to is not one that we trust, so we "
            f"kept you here. {_OURS}",
        ),
    ),
)

_ANYTHING_ELSE = Failure(
    "The print could not be started",
    "Something went wrong between us and the print shop.",
)


def explain(error: PrintoraError) -> Failure:
    """Return what to tell the visitor about this error; it names no code and no secret."""
    failure = next((words for kind, words in _FAILURES if isinstance(error, kind)), _ANYTHING_ELSE)
    seconds = getattr(error, "retry_after", None)
    if failure.status == UNAVAILABLE and seconds is not None:
        return replace(failure, retry_after=max(1, ceil(seconds)))
    return failure
