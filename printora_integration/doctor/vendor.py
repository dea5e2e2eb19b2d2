"""Check Printora itself: that it answers, knows our key, has calls left, and has our time."""

from collections.abc import Iterator

from django.conf import settings

from printora_integration import exceptions as errors
from printora_integration.client import PrintoraClient

from .addresses import origin
from .findings import Finding, Level

_PATIENCE = 5.0  # seconds, retries included
_SCARCE = 0.1  # of the rate limit
_MAX_SKEW = 30.0  # seconds
_NETWORK = "Check the network, its proxy and firewall, and PRINTORA_API_URL."


def check_api() -> Iterator[Finding]:
    """Make one call that changes nothing, and judge the reply and its headers."""
    try:
        client = PrintoraClient(
            base_url=str(settings.PRINTORA_API_URL),
            api_key=str(settings.PRINTORA_API_KEY),
            patience=_PATIENCE,
        )
    except (errors.ArgumentError, AttributeError):
        words = "Printora was not called: the URL or the key cannot be right."
        yield Finding(Level.ERROR, "API", words, "Put right what is said of them above.")
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
        words = f"{host} answers, and refuses PRINTORA_API_KEY."
        advice = "Copy the key anew from Printora's partner dashboard; it may have been revoked."
        return Finding(Level.ERROR, "API", words, advice)
    except errors.RateLimitError:
        words = f"{host} answers that there were too many calls."
        return Finding(Level.WARNING, "API", words, "Wait a minute; look for what calls so often.")
    except errors.UnexpectedReplyError:
        words = f"{host} answers, but not as Printora's API does."
        return Finding(Level.ERROR, "API", words, "Check PRINTORA_API_URL.")
    except errors.ReplyError as error:
        words = f"{host} answers with {error.status} {error.code}".rstrip() + "."
        return Finding(Level.ERROR, "API", words, "Try again later, then ask Printora's support.")
    return Finding(Level.OK, "API", f"{host} answers, and accepts the key.")


def _rate_limit(client: PrintoraClient) -> Iterator[Finding]:
    rate = client.rate_limit
    if rate is None:  # no reply, or one that says nothing of it
        return
    words = f"{rate.remaining} of {rate.limit} calls are left until {rate.resets_at:%H:%M:%S} UTC."
    if rate.remaining > rate.limit * _SCARCE:
        yield Finding(Level.OK, "rate limit", words)
    else:
        yield Finding(Level.WARNING, "rate limit", words, "Look for what calls so often.")


def _clock(client: PrintoraClient) -> Iterator[Finding]:
    skew = client.clock_skew
    if skew is None:
        return
    if abs(skew) <= _MAX_SKEW:
        yield Finding(Level.OK, "clock", "Ours and Printora's agree.")
        return
    words = f"Ours is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Printora's."
    yield Finding(Level.WARNING, "clock", words, "Let this machine set its clock by NTP.")
