"""Say in one plain sentence for staff why Printora could not be asked."""

from math import ceil

from printora_integration import exceptions as errors

_SENTENCES: tuple[tuple[type[errors.PrintoraError], str], ...] = (
    (
        errors.TransportError,
        "Printora did not answer. This usually passes within a minute; nothing here is lost.",
    ),
    (errors.ServerError, "Printora has a problem on its side. Try again in a few minutes."),
    (
        errors.AuthenticationError,
        "Printora did not accept our API key. Whoever runs this site must set PRINTORA_API_KEY.",
    ),
    (errors.PermissionDeniedError, "Printora says that this is not ours to ask for."),
    (errors.NotFoundError, "Printora does not know this any more."),
    (errors.RequestInvalidError, "Printora cannot do this: it says that the request is not valid."),
    (errors.ArgumentError, "Printora cannot be asked this."),
    (errors.InvalidResponseError, "Printora answered in a way that we did not understand."),
)


def explain(error: errors.PrintoraError) -> str:
    """Return what to tell staff; it quotes no code, no id and no secret."""
    if isinstance(error, errors.RateLimitError):
        return _slow_down(error.retry_after)
    found = (words for kind, words in _SENTENCES if isinstance(error, kind))
    return next(found, "Something went wrong between us and Printora.")


def _in_seconds(seconds: int) -> str:
    return f"in {seconds} second{'' if seconds == 1 else 's'}"


def _slow_down(seconds: float | None) -> str:
    when = "in a minute" if seconds is None else _in_seconds(max(1, ceil(seconds)))
    return f"We have asked Printora too much for now: it takes questions again {when}."
