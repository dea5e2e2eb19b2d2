"""A value is taken as it is meant, or refused by one sentence that names its setting."""

from collections.abc import Callable
from typing import Any

import pytest

from env_reader import Environment, SettingError

from .reading import environment

pytestmark = pytest.mark.one_database

Read = Callable[[Environment], Any]

READERS: dict[str, tuple[Read, Any, str]] = {
    "text": (lambda env: env.text("NAME", "x"), "x", "anything"),
    "entries": (lambda env: env.entries("NAME", ["x"]), ["x"], "a,b"),
    "integer": (lambda env: env.integer("NAME", 5, minimum=0, maximum=9), 5, "7"),
    "port": (lambda env: env.port("NAME", 80), 80, "8000"),
    "positive number": (lambda env: env.positive_number("NAME", 1.5), 1.5, "0.5"),
    "flag": (lambda env: env.flag("NAME", default=True), True, "no"),
    "log level": (lambda env: env.log_level("NAME", "INFO"), "INFO", "debug"),
    "origin": (lambda env: env.origin("NAME", "http://a"), "http://a", "https://b"),
    "url": (lambda env: env.url("NAME", ""), "", "https://b/c"),
    "sender": (lambda env: env.sender("NAME", "a@b"), "a@b", "c@d"),
    "redis": (lambda env: env.redis("NAME"), "", "redis://host/0"),
    "allowed hosts": (lambda env: env.allowed_hosts("NAME", ["a"]), ["a"], "b.example"),
    "redirect hosts": (lambda env: env.redirect_hosts("NAME", ["a"]), ["a"], "b.example"),
}
EMPTY = ["", " ", "\r", "\t", '""', "''", '" "', "\xa0", "\ufeff"]
AROUND = ["{}", " {} ", "{}\r", "\t{}\n", '"{}"', "'{}'", ' "{}" ', "\xa0{}\xa0", '" {} "\r']


def refusal(read: Read, value: str) -> str:
    with pytest.raises(SettingError) as error:
        read(environment(NAME=value))
    return str(error.value)


@pytest.mark.parametrize("kind", READERS)
def test_missing_and_empty_mean_the_default(kind: str) -> None:
    read, default, _value = READERS[kind]
    assert read(environment()) == default
    assert [read(environment(NAME=value)) for value in EMPTY] == [default] * len(EMPTY)


@pytest.mark.parametrize("kind", READERS)
def test_spaces_line_ends_and_quotation_marks_around_do_not_count(kind: str) -> None:
    read, default, value = READERS[kind]
    expected = read(environment(NAME=value))
    assert expected != default
    found = [read(environment(NAME=around.format(value))) for around in AROUND]
    assert found == [expected] * len(AROUND)


def test_values_are_read_as_meant() -> None:
    env = environment(LEVEL="warn", YES="On", NO="0", LIST=" a ,, \"b\",\t'c' ,\xa0d")
    assert env.log_level("LEVEL", "INFO") == "WARN"
    assert (env.flag("YES", default=False), env.flag("NO", default=True)) == (True, False)
    assert env.entries("LIST") == ["a", "b", "c", "d"]
    assert environment(LIST='"a","b"').entries("LIST") == ["a", "b"]
    assert environment(SECRET="$ecret-$1").text("SECRET") == "$ecret-$1"


@pytest.mark.parametrize(
    "value", ["0", "65536", "80 80", "8000.0", "1e3", "1_000", "٨٠", "+80", "$"]
)
def test_port_that_is_none_is_refused(value: str) -> None:
    message = "NAME must be a whole number from 1 to 65535."
    assert refusal(lambda env: env.port("NAME", 8000), value) == message


@pytest.mark.parametrize("value", ["nonsense", "2", "-1", "None", "tru"])
def test_flag_that_is_no_known_word_is_refused(value: str) -> None:
    message = "NAME must be True or False."
    assert refusal(lambda env: env.flag("NAME", default=False), value) == message


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "fast", "1,5"])
def test_number_that_is_not_above_0_is_refused(value: str) -> None:
    message = "NAME must be a number above 0."
    assert refusal(lambda env: env.positive_number("NAME", 1), value) == message


@pytest.mark.parametrize("value", ["verbose", "20", "NOTSET"])
def test_log_level_that_python_does_not_know_is_refused(value: str) -> None:
    message = "NAME must be DEBUG, INFO, WARNING, ERROR or CRITICAL."
    assert refusal(lambda env: env.log_level("NAME", "INFO"), value) == message


@pytest.mark.parametrize(
    "value", ["Shop", "Shop #1", "a@b, c@d", "Shop, Inc. <a@b>", "a b@c", "@b"]
)
def test_sender_that_is_not_one_address_is_refused(value: str) -> None:
    assert refusal(lambda env: env.sender("NAME", ""), value).startswith("NAME must be one address")


@pytest.mark.parametrize("value", ["${OTHER}", "${OTHER:-default}", "$OTHER", "$NAME"])
def test_reference_to_another_variable_is_refused(value: str) -> None:
    with pytest.raises(SettingError, match=r"^NAME names another variable"):
        environment(NAME=value, OTHER="x").text("NAME")


def test_line_break_inside_is_refused() -> None:
    assert "line break" in refusal(lambda env: env.text("NAME"), "a\nb")


def test_no_refusal_shows_the_value() -> None:
    value = "hunter2 \n hunter2"
    for read, _default, _value in READERS.values():
        assert "hunter2" not in refusal(read, value)
    for kind in READERS.keys() - {"text", "entries"}:
        assert "hunter2" not in refusal(READERS[kind][0], "x://hunter2:h@unter2 /?")
