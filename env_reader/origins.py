"""Host names and origins, in the one form in which browsers send them."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address

import idna  # httpx depends on it

_URL = re.compile(r"(https?)://([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Origin:
    """A scheme, a host as Django's ALLOWED_HOSTS takes it, and a port unless it is the default."""

    scheme: str
    host: str
    port: int | None

    def __str__(self) -> str:
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


def parse_origin(text: str) -> Origin:
    """Return the origin of a URL that has nothing behind it but a slash.

    Raises ValueError with the end of a sentence, as in "must have no path".
    """
    match = _URL.fullmatch(text)
    if match is None:
        raise ValueError("must begin with https:// or http://")
    scheme, authority, rest = match[1].lower(), match[2], match[3]
    if "@" in authority:
        raise ValueError("must have neither a user name nor a password")
    if "?" in rest or "#" in rest:
        raise ValueError("must end after the host and the port: it has a query or a fragment")
    if rest.strip("/"):
        raise ValueError("must end after the host and the port: it has a path")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise ValueError("must have a host and, after a colon, at most a port number")
    port = int(parts[2] or _DEFAULT_PORTS[scheme])
    if not 0 < port < 65536:
        raise ValueError("must have a port from 1 to 65535, or none")
    return Origin(scheme, parse_host(parts[1]), None if port == _DEFAULT_PORTS[scheme] else port)


def parse_host(text: str) -> str:
    """Return a host in lower case and ASCII, as browsers send it; IPv6 is in brackets.

    Raises ValueError with the end of a sentence.
    """
    if text.startswith("["):
        return f"[{_parse_ipv6(text.strip('[]'))}]"
    host = text.lower().removesuffix(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            host = ""
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise ValueError("must have a valid host name: letters, digits, hyphens and dots")
    return host


def _parse_ipv6(text: str) -> IPv6Address:
    try:
        address = IPv6Address(text)
    except ValueError:
        address = None
    if address is None or address.scope_id:  # a zone means something on one machine only
        raise ValueError("must have a valid IPv6 address in its brackets")
    return address


def parse_allowed_host(text: str) -> str:
    """Return an entry of Django's ALLOWED_HOSTS; a URL or a port is read as its host.

    Raises ValueError with the end of a sentence.
    """
    if text == "*":
        return text
    if "://" in text:
        return parse_origin(text).host
    if text.startswith((".", "*.")):
        return f".{parse_host(text.partition('.')[2])}"
    if text.count(":") > 1 and not text.startswith("["):
        return parse_host(f"[{text}]")
    return parse_origin(f"http://{text}").host


def parse_redirect_host(text: str) -> str:
    """Return an entry of PRINTORA_REDIRECT_HOSTS: a host, which allows https, or an origin.

    Raises ValueError with the end of a sentence.
    """
    if "://" in text:
        return str(parse_origin(text))
    if text.startswith((".", "*")):
        raise ValueError("must be without * and leading dots: a host allows its subdomains too")
    if ":" in text:
        raise ValueError(
            "must be a host without a port, or a whole origin as http://localhost:8001"
        )
    if text.rstrip("/").count("/"):
        raise ValueError("must end after the host: it has a path")
    return parse_host(text.rstrip("/"))
