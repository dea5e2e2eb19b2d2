"""The checks of addresses: ours, which Printora must reach, and those that visitors are sent to."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from printora_integration import conf
from vendor_kit.arguments import is_absolute_url

from .findings import Finding, Level

_HOST = re.compile(r"([a-z0-9-]+\.)*[a-z0-9-]+", re.IGNORECASE)
# Names that no public name server knows (RFC 2606, 6761, 6762).
_PRIVATE_ENDINGS = ("localhost", "local", "internal", "lan", "home.arpa", "test", "invalid")
_USE_HTTPS = "Serve the site over https, and set PRINTORA_SITE_URL to that address."
_TUNNEL = (
    "Set PRINTORA_SITE_URL to a public https address. On a development machine, use a tunnel or "
    "the sandbox."
)


def is_public(url: str) -> bool:
    """Return whether the internet can reach this host, as far as its name or number shows."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_global
    except ValueError:
        ends_privately = any(host == end or host.endswith(f".{end}") for end in _PRIVATE_ENDINGS)
        return "." in host and not ends_privately


def origin(url: str) -> str:
    """Return scheme, host and port of a URL: no path, and no password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def check_site_url() -> Iterator[Finding]:
    """Check that Printora can fetch our pictures and send us webhooks, and that nobody listens."""
    ours, theirs = conf.site_url(), conf.api_url()
    if not (is_absolute_url(ours) and is_absolute_url(theirs)):
        return  # check_settings reports that
    if not is_public(theirs):
        message = f"{origin(ours)}; the API is on a machine of yours, so it need not be public."
        yield Finding(Level.OK, "site URL", message)
    elif not is_public(ours):
        message = f"Printora cannot reach {origin(ours)}: no pictures, and no webhooks."
        yield Finding(Level.ERROR, "site URL", message, _TUNNEL)
    elif not ours.startswith("https://"):
        message = f"{origin(ours)} is not https: customers' addresses travel in the clear."
        yield Finding(Level.WARNING, "site URL", message, _USE_HTTPS)
    else:
        yield Finding(Level.OK, "site URL", f"{origin(ours)} looks public, over https.")


def check_redirect_hosts() -> Iterator[Finding]:
    """Check the hosts that visitors may be sent to; that there are any, `check_settings` says."""
    hosts = conf.redirect_hosts()
    wrong = list(_wrong_hosts(hosts))
    yield from wrong
    if hosts and not wrong:
        allowed = ", ".join(hosts)
        yield Finding(Level.OK, "redirect hosts", f"Visitors may be sent to {allowed}.")


def _wrong_hosts(hosts: list[str]) -> Iterator[Finding]:
    subject, name = "redirect hosts", "PRINTORA_REDIRECT_HOSTS"
    for position, host in enumerate(hosts, start=1):
        if not (_HOST.fullmatch(host) or _is_origin(host)):
            message = (
                f"{name}' entry {position} is neither a host nor an origin: it allows nothing."
            )
            hint = "Write printora.ai, or a whole origin like http://localhost:8001."
            yield Finding(Level.ERROR, subject, message, hint)
        elif host.startswith("http://") and is_public(host):
            message = f"{host} is not https: an eavesdropper can take over a visitor's link."
            yield Finding(
                Level.WARNING, subject, message, f"Name the host without http:// in {name}."
            )
    if hosts and _is_printora(conf.api_url()) and not any(map(_is_editor, hosts)):
        message = "None of them is Printora's, so no visitor could be sent to the editor."
        yield Finding(Level.ERROR, subject, message, f"Add printora.ai to {name}.")


def _is_origin(entry: str) -> bool:
    return is_absolute_url(entry) and origin(entry) == entry.rstrip("/")


def _is_printora(url: str) -> bool:
    host = urlsplit(url).hostname or "" if is_absolute_url(url) else ""
    return host.endswith(".printora.ai") or host.startswith("printora-be-")


def _is_editor(entry: str) -> bool:
    host = urlsplit(entry).hostname or "" if "://" in entry else entry
    return host == "printora.ai" or host.endswith(".printora.ai")
