"""The checks of Printora itself: it answers, knows our key, has calls left, and has our time."""

from collections.abc import Iterator

from printora_integration import exceptions as errors
from printora_integration.client import PrintoraClient

from .addresses import origin
from .findings import Finding, Level

_DEADLINE = 5.0  # seconds, retries included
_LOW_RATE = 0.1  # of the rate limit
_MAX_SKEW = 30.0  # seconds
_TOO_MANY_CALLS = "Wait a minute, and find out what calls so often."
_NETWORK = "Check the network, its proxy and firewall, and PRINTORA_API_URL."


def check_api() -> Iterator[Finding]:
    """Make one call that changes nothing, and check the response and its headers."""
    try:
        client = PrintoraClient.from_settings(deadline=_DEADLINE)
    except errors.ArgumentError:
        message = "Printora was not called: the URL or the key cannot be right."
        yield Finding(Level.ERROR, "API", message, "Correct what is reported above.")
        return
    try:
        yield _verdict(client)
        yield from _rate_limit(client)
        yield from _clock(client)
    finally:
        client.close()


def _verdict(client: PrintoraClient) -> Finding:
    host = origin(client.base_url)
    try:
        client.orders.list(limit=1)
    except errors.TransportError:
        return Finding(Level.ERROR, "API", f"{host} could not be reached.", _NETWORK)
    except errors.AuthenticationError:
        message = f"{host} answers, and refuses PRINTORA_API_KEY."
        hint = "Copy the key anew from Printora's partner dashboard; it may have been revoked."
        return Finding(Level.ERROR, "API", message, hint)
    except errors.RateLimitError:
        message = f"{host} answers that there were too many calls."
        return Finding(
            Level.WARNING, "API", message, "Wait a minute; look for what calls so often."
        )
    except errors.InvalidResponseError:
        message = f"{host} answers, but not as Printora's API does."
        return Finding(Level.ERROR, "API", message, "Check PRINTORA_API_URL.")
    except errors.APIError as error:
        message = f"{host} answers with {error.status} {error.code}".rstrip() + "."
        return Finding(Level.ERROR, "API", message, "Try again later, then ask Printora's support.")
    return Finding(Level.OK, "API", f"{host} answers, and accepts the key.")


def _rate_limit(client: PrintoraClient) -> Iterator[Finding]:
    rate = client.rate_limit
    if rate is None:  # no response, or one without it
        return
    message = (
        f"{rate.remaining} of {rate.limit} calls are left until {rate.resets_at:%H:%M:%S} UTC."
    )
    if rate.remaining > rate.limit * _LOW_RATE:
        yield Finding(Level.OK, "rate limit", message)
    else:
        yield Finding(Level.WARNING, "rate limit", message, _TOO_MANY_CALLS)


def _clock(client: PrintoraClient) -> Iterator[Finding]:
    skew = client.clock_skew
    if skew is None:
        return
    if abs(skew) <= _MAX_SKEW:
        yield Finding(Level.OK, "clock", "Ours and Printora's agree.")
        return
    message = f"Ours is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Printora's."
    yield Finding(Level.WARNING, "clock", message, "Let this machine set its clock by NTP.")
