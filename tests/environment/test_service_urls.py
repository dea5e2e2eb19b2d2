"""A URL of a database, mail server or broker is whole, or refused without its password."""

from typing import Any

import pytest

from env_reader import SettingError

from .reading import FOLDER, environment

pytestmark = pytest.mark.one_database


def database(url: str) -> dict[str, Any]:
    return environment(DATABASE_URL=url).database("DATABASE_URL", FOLDER / "default")


def mail(url: str) -> dict[str, Any]:
    return environment(EMAIL_URL=url).mail("EMAIL_URL", "")


@pytest.mark.parametrize(
    "password", ["$ecret", "pa%24s", "a:b", "a%23b%2Fc%3F", "p@ss", "a+b", "$$"]
)
def test_password_of_a_database_and_of_a_mail_server_is_taken_whole(password: str) -> None:
    decoded = password.replace("%24", "$").replace("%23b%2Fc%3F", "#b/c?")
    config = database(f"postgres://user:{password}@host:5432/name")
    assert (config["PASSWORD"], config["HOST"], config["NAME"]) == (decoded, "host", "name")
    config = mail(f"smtp+tls://user:{password}@host:587")
    assert (config["EMAIL_HOST_PASSWORD"], config["EMAIL_HOST"]) == (decoded, "host")


@pytest.mark.parametrize(
    "password", ["hun#ter2", "hun/ter2", "hun?ter2", "hun[ter2", "12/34", "12?3"]
)
def test_password_that_would_be_cut_is_refused(password: str) -> None:
    for read, url in (
        (database, f"postgres://user:{password}@host:5432/name"),
        (mail, f"smtp://user:{password}@host:25"),
        (lambda url: environment(U=url).redis("U"), f"redis://:{password}@host:6379/0"),
    ):
        with pytest.raises(SettingError, match="must be percent-encoded") as refusal:
            read(url)
        assert password not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/my%20data/x.sqlite3", "/srv/my data/x.sqlite3"),
        ("sqlite:////srv/my data/x.sqlite3", "/srv/my data/x.sqlite3"),
        ("sqlite:////srv/c++/x.sqlite3", "/srv/c++/x.sqlite3"),
        ("SQLite:///var/x.sqlite3", str(FOLDER / "var/x.sqlite3")),
        ("sqlite://:memory:", ":memory:"),
        ("", str(FOLDER / "default")),
    ],
)
def test_file_of_sqlite_is_in_the_same_place_from_every_folder(url: str, name: str) -> None:
    assert database(url)["NAME"] == name


def test_default_may_be_in_any_folder() -> None:
    path = FOLDER / "100% of #1?" / "c++.sqlite3"
    assert environment().database("DATABASE_URL", path)["NAME"] == str(path)


def test_postgresql_is_found_over_a_socket_and_on_several_hosts() -> None:
    config = database("postgresql://u:@/name?host=/run/postgresql")
    assert (config["NAME"], config["OPTIONS"]) == ("name", {"host": "/run/postgresql"})
    assert database("postgres://u:p@a:1,b:2/name")["HOST"] == "a,b"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "mysql://u:p@host/name",
            "http://host/name",
            "host/name",
            "dreamcanvas",
            "postgres://u:p@host",
        ),
        *(
            "postgres://u:p@host/a/b",
            "sqlite://var/x.sqlite3",
            "sqlite:///",
            "sqlite:x",
            "postgres://",
        ),
        *("postgres://u:p@host:0/name", "postgres://u:p@host:x/name"),
    ],
)
def test_url_of_no_database_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match=r"^DATABASE_URL (must|is not) "):
        database(url)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://host", 25, False, False),
        ("smtp+tls://host", 587, True, False),
        ("smtp+ssl://host", 465, False, True),
        ("smtps://host", 465, False, True),
        ("smtps://host:587", 587, True, False),
        ("SMTP+TLS://host:2525", 2525, True, False),
    ],
)
def test_mail_server_is_spoken_to_as_its_scheme_says(
    url: str, port: int, tls: bool, ssl: bool
) -> None:
    config = mail(url)
    assert (config["EMAIL_PORT"], config["EMAIL_USE_TLS"], config["EMAIL_USE_SSL"]) == (
        port,
        tls,
        ssl,
    )


@pytest.mark.parametrize(
    "url",
    [
        *("mail.example.com", "http://host", "smtp://", "smtp://host/path", "smtp://host?tls=1"),
        *("filemail://srv/mail", "filemail:///srv/mail", "smtp://host:smtp"),
    ],
)
def test_url_of_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match=r"^EMAIL_URL (must|is not) "):
        mail(url)


@pytest.mark.parametrize("url", ["http://host", "localhost:6379", "redis", "redis://host/name"])
def test_url_of_no_redis_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match=r"^REDIS_URL (must|is not) "):
        environment(REDIS_URL=url).redis("REDIS_URL")
