"""URLs of a database, a mail server and a broker, in the form of Django's settings.

Each function raises ValueError with the end of a sentence.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import environ

_SQLITE = "django.db.backends.sqlite3"
_IN_MEMORY = ("sqlite://:memory:", "sqlite:///:memory:")
_POSTGRES = ("postgres", "postgresql", "psql", "pgsql")
_REDIS = ("redis", "rediss", "redis+socket", "unix")
_ENCODED = "special characters, as in its password, must be percent-encoded"
_SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465, "smtp+ssl": 465}
_MAIL_WITHOUT_SERVER = ("filemail", "consolemail", "memorymail", "dummymail")


def parse_database_url(url: str, *, folder: Path) -> dict[str, Any]:
    """Return an entry of Django's DATABASES; a relative path of SQLite is in `folder`."""
    if url in _IN_MEMORY:
        return {"ENGINE": _SQLITE, "NAME": ":memory:"}
    parts = _split(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": _SQLITE, "NAME": _sqlite_name(url, folder)}
    if parts.scheme not in _POSTGRES:
        raise ValueError("must begin with postgres:// or sqlite:///")
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if not config["NAME"] or "@" in config["NAME"] or "/" in config["NAME"]:
        raise ValueError(f"must end with one database's name, as in …/dreamcanvas; {_ENCODED}")
    return config


def _sqlite_name(url: str, folder: Path) -> str:
    name = unquote(urlsplit(url).path[1:])
    if not url[len("sqlite") :].startswith(":///") or not name:
        raise ValueError("must have three slashes before a relative path, and four before /")
    return str(folder / name)


def parse_mail_url(url: str) -> dict[str, Any]:
    """Return the settings of Django's mail, EMAIL_BACKEND and those that begin with EMAIL_."""
    parts = _split(url)
    if parts.scheme not in (*_MAIL_WITHOUT_SERVER, *_SMTP_PORTS):
        raise ValueError("must begin with smtp://, smtp+tls://, smtp+ssl:// or filemail:////")
    config: dict[str, Any] = environ.Env.email_url_config(url)
    if parts.scheme in _MAIL_WITHOUT_SERVER:
        path = unquote(parts.path[1:])
        if parts.scheme == "filemail" and not path.startswith("/"):
            raise ValueError("must have four slashes before a folder, as in filemail:////srv/mail")
        return config | {"EMAIL_FILE_PATH": path or None}
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(f"must have a host and nothing behind its port; {_ENCODED}")
    port = parts.port or _SMTP_PORTS[parts.scheme]
    encrypted = parts.scheme != "smtp"
    # By convention, the server of port 465 begins with TLS, and the server of 587 changes to it.
    begins_encrypted = parts.scheme == "smtp+ssl" or (parts.scheme == "smtps" and port == 465)
    return config | {
        "EMAIL_FILE_PATH": None,
        "EMAIL_PORT": port,
        "EMAIL_USE_TLS": encrypted and not begins_encrypted,
        "EMAIL_USE_SSL": begins_encrypted,
    }


def parse_redis_url(url: str) -> str:
    """Return the URL of a Redis, its scheme in lower case."""
    parts = _split(url)
    if parts.scheme not in _REDIS:
        raise ValueError("must begin with redis:// or rediss://")
    if parts.scheme in {"redis", "rediss"} and not re.fullmatch(r"(/[0-9]*)?", parts.path):
        raise ValueError(f"must end with a database's number, as in …:6379/0; {_ENCODED}")
    return parts.scheme + url[len(parts.scheme) :]


def _split(url: str) -> SplitResult:
    """Return the parts of a URL that is whole: a `#`, `?` or `/` in a password would cut it."""
    try:
        parts = urlsplit(url)
        has_port = "," in parts.netloc or parts.port != 0  # a list of hosts has ports of its own
    except ValueError:  # the port is no number, or a bracket has no pair
        has_port = False
    if not has_port or parts.fragment or "@" in parts.path + parts.query or " " in parts.netloc:
        raise ValueError(f"is not a whole URL; {_ENCODED}")
    return parts
