"""Read settings of one type each."""

import logging
import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import getaddresses
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from .errors import SettingError
from .origins import parse_allowed_host, parse_origin, parse_redirect_host
from .services import parse_database_url, parse_mail_url, parse_redis_url

# Spaces and line ends of any system, and characters of no width that editors leave behind.
_AROUND = "".join(map(chr, range(33))) + "\x7f\x85\xa0\u200b\u2028\u2029\ufeff"
_SPACE = re.compile(r"[\t\xa0]")  # inside a value, each is read as a space
_QUOTED = re.compile(r"""(["'])(?P<value>(?:(?!\1).)*)\1""")
_REFERENCE = re.compile(r"\$(?:\{(\w+)(?::?-[^}]*)?\}|([A-Za-z_]\w*))")
_TRUE = {"1", "on", "t", "true", "y", "yes"}
_FALSE = {"0", "f", "false", "n", "no", "off"}

Value = TypeVar("Value")


class Environment:
    """The variables of the environment; one that is missing or empty has its default.

    Spaces and line ends around a value are dropped, and quotation marks around it too: shells drop
    them, Docker's env files do not. Every method raises SettingError for what it cannot take.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str] = os.environ) -> None:
        self._folder = folder  # of relative paths
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        """Return a text of one line."""
        value = _stripped(_SPACE.sub(" ", self._variables.get(name, "")))
        if not value:
            return default
        if not value.isprintable():
            raise SettingError(f"{name} holds a line break or another unprintable character.")
        reference = _REFERENCE.fullmatch(value)
        if reference and (reference[1] or reference[2] in {name, *self._variables}):
            raise SettingError(
                f"{name} names another variable, and nothing puts that one's value in its place: "
                "write the value itself."
            )
        return value

    def entries(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """Return the entries of a list with commas, without quotation marks and empty ones."""
        stripped = [_stripped(entry) for entry in self.text(name).split(",")]
        return [entry for entry in stripped if entry] or list(default)

    def integer(self, name: str, default: int, *, minimum: int, maximum: int) -> int:
        """Return a whole number within its range."""
        value = self.text(name, str(default))
        if not re.fullmatch(r"-?[0-9]{1,18}", value) or not minimum <= int(value) <= maximum:
            raise SettingError(f"{name} must be a whole number from {minimum} to {maximum}.")
        return int(value)

    def port(self, name: str, default: int) -> int:
        """Return the number of a port."""
        return self.integer(name, default, minimum=1, maximum=65535)

    def positive_number(self, name: str, default: float) -> float:
        """Return a number above 0, whole or not."""
        try:
            value = float(self.text(name, str(default)))
        except ValueError:
            value = 0.0
        if not 0 < value < math.inf:
            raise SettingError(f"{name} must be a number above 0.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return True or False; nothing but a known word decides which."""
        value = self.text(name, str(default)).lower()
        if value not in _TRUE | _FALSE:
            raise SettingError(f"{name} must be True or False.")
        return value in _TRUE

    def log_level(self, name: str, default: str) -> str:
        """Return the name of a level of Python's logging, in capitals."""
        value = self.text(name, default).upper()
        if value not in logging.getLevelNamesMapping().keys() - {"NOTSET"}:
            raise SettingError(f"{name} must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
        return value

    def origin(self, name: str, default: str) -> str:
        """Return an origin as browsers write it: `https://gallery.example.com`, and no path."""
        return _parsed(name, lambda text: str(parse_origin(text)), self.text(name, default))

    def url(self, name: str, default: str) -> str:
        """Return an http(s) URL, or "" where the default is empty."""
        value = self.text(name, default)
        if not value:
            return ""
        scheme_and_host = re.match(r"[^/]*//[^/?#]*", value)
        origin = scheme_and_host[0] if scheme_and_host else value
        return _parsed(name, lambda text: str(parse_origin(text)), origin) + value[len(origin) :]

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Return an entry of Django's DATABASES; the default is a file of SQLite."""
        parse = partial(parse_database_url, folder=self._folder)
        return _parsed(name, parse, self.text(name, f"sqlite:///{quote(str(default))}"))

    def mail(self, name: str, default: str) -> dict[str, Any]:
        """Return Django's settings of the mail server."""
        return _parsed(name, parse_mail_url, self.text(name, default))

    def sender(self, name: str, default: str) -> str:
        """Return the address of a mail's sender, with or without a name before it."""
        value = self.text(name, default)
        addresses = [address for _name, address in getaddresses([value])]
        if len(addresses) != 1 or not re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", addresses[0]):
            raise SettingError(
                f"{name} must be one address, as in Gallery <orders@example.com>; a name with a "
                "comma or a dot in it needs quotation marks."
            )
        return value

    def redis(self, name: str) -> str:
        """Return the URL of a Redis, or "" without one."""
        value = self.text(name)
        return _parsed(name, parse_redis_url, value) if value else ""

    def allowed_hosts(self, name: str, default: Sequence[str]) -> list[str]:
        """Return host names in the form of Django's ALLOWED_HOSTS."""
        return self._hosts(name, default, parse_allowed_host)

    def redirect_hosts(self, name: str, default: Sequence[str]) -> list[str]:
        """Return hosts and origins in the form of PRINTORA_REDIRECT_HOSTS."""
        return self._hosts(name, default, parse_redirect_host)

    def _hosts(self, name: str, default: Sequence[str], parse: Callable[[str], str]) -> list[str]:
        # No host has a space in it, so a space separates two hosts as a comma does.
        hosts = [host for entry in self.entries(name, default) for host in entry.split()]
        subjects = (f"Entry {position} of {name}" for position in range(1, len(hosts) + 1))
        return [
            _parsed(subject, parse, host) for subject, host in zip(subjects, hosts, strict=True)
        ]


def _stripped(value: str) -> str:
    value = value.strip(_AROUND)
    quoted = _QUOTED.fullmatch(value)
    return quoted["value"].strip(_AROUND) if quoted else value


def _parsed(subject: str, parse: Callable[[str], Value], text: str) -> Value:
    try:
        return parse(text)
    except ValueError as error:
        raise SettingError(f"{subject} {error}.") from None
