"""The score that Mozilla's HTTP Observatory gives a response: its rules, and what each is worth.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, in the version of 2025.
Bonuses count only where the penalties leave at least 90; 100 and more is A+.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import Morsel

A_PLUS = 100
_MIN_FOR_BONUS = 90
_SIX_MONTHS = 15_768_000  # seconds
_BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*"}
_PRIVATE_REFERRERS = {
    *("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"),
}


@dataclass
class Exchange:
    """One response over https, and what the same address answers over http."""

    headers: Mapping[str, str]
    html: str = ""
    cookies: Iterable["Morsel[str]"] = field(default_factory=tuple)
    http_location: str = ""
    host: str = "gallery.example.com"


def score(exchange: Exchange) -> tuple[int, dict[str, int]]:
    """Return the score, and the modifier of each test."""
    headers = {name.lower(): value for name, value in exchange.headers.items()}
    policy = _directives(headers.get("content-security-policy", ""))
    modifiers = {
        "content-security-policy": _policy(policy),
        "cookies": _cookies(exchange.cookies),
        "cross-origin-resource-sharing": _sharing(headers),
        "redirection": 0 if exchange.http_location.startswith(f"https://{exchange.host}/") else -20,
        "referrer-policy": _referrer(headers.get("referrer-policy", "")),
        "strict-transport-security": _transport(headers.get("strict-transport-security", "")),
        "subresource-integrity": _integrity(exchange.html),
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": _frames(policy, headers.get("x-frame-options", "")),
        "cross-origin-resource-policy": _embedding(headers.get("cross-origin-resource-policy")),
    }
    total = 100 + sum(modifier for modifier in modifiers.values() if modifier < 0)
    if total >= _MIN_FOR_BONUS:
        total += sum(modifier for modifier in modifiers.values() if modifier > 0)
    return max(total, 0), modifiers


def _directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def _policy(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script, style = policy.get("script-src", default), policy.get("style-src", default)
    passive = policy.get("img-src", default) | policy.get("media-src", default)
    active = {
        source
        for name, sources in policy.items()
        for source in sources
        if name not in {"img-src", "media-src"}
    }
    if (
        script & (_BROAD | {"'unsafe-inline'", "data:"})
        or policy.get("object-src", default) & _BROAD
    ):
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (_BROAD | {"'unsafe-inline'", "data:"}):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(cookies: Iterable["Morsel[str]"]) -> int:
    """Score the cookies of a site with HSTS: the worst of them counts."""
    worst = [_cookie(cookie) for cookie in cookies]
    return min(worst, default=0)


def _cookie(cookie: "Morsel[str]") -> int:
    name, same_site = cookie.key.lower(), cookie["samesite"].lower()
    is_session = "sess" in name or "login" in name
    if is_session and not cookie["httponly"]:
        return -30
    if "csrf" in name and not same_site:
        return -20
    if same_site not in {"", "lax", "strict"}:
        return -20
    if not cookie["secure"]:
        return -10 if is_session else -5
    return 5 if same_site else 0


def _sharing(headers: Mapping[str, str]) -> int:
    is_open = "access-control-allow-origin" in headers
    return -50 if is_open and headers.get("access-control-allow-credentials") == "true" else 0


def _referrer(policy: str) -> int:
    if not policy:
        return 0
    return 5 if policy.lower() in _PRIVATE_REFERRERS else -5


def _transport(header: str) -> int:
    age = re.search(r"max-age=(\d+)", header)
    if age is None:
        return -20
    return 0 if int(age[1]) >= _SIX_MONTHS else -10


def _frames(policy: dict[str, set[str]], header: str) -> int:
    if not policy.get("frame-ancestors", {"*"}) & _BROAD:
        return 5
    return 0 if header.upper() in {"DENY", "SAMEORIGIN"} else -20


def _embedding(header: str | None) -> int:
    if header in {None, "cross-origin"}:
        return 0
    return 10 if header in {"same-origin", "same-site"} else -5


def _integrity(html: str) -> int:
    """Score the scripts of a page; those of our own origin need no hash."""
    scripts = _Scripts()
    scripts.feed(html)
    modifiers = []
    for attributes in scripts.found:
        address = attributes.get("src") or ""
        if address.startswith(("http:", "//")):
            modifiers.append(-20 if attributes.get("integrity") else -50)
        elif address.startswith("https:") and not attributes.get("integrity"):
            modifiers.append(-5)
    return min(modifiers, default=0)


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append(dict(attrs))
