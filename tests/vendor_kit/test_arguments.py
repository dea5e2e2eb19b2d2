"""Arguments are checked before anything is sent, and each error names its argument."""

from collections.abc import Callable
from typing import Any

import pytest

from vendor_kit import arguments
from vendor_kit.arguments import UNSET
from vendor_kit.exceptions import ArgumentError


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("a, b", ["a", "b"]),
        (",a,, ", ["a"]),
        ("", []),
        ([" a", "", "b,c"], ["a", "b,c"]),
        ((), []),
    ],
)
def test_list_is_split_without_spaces_and_empty_entries(
    entries: str | list[str], expected: list[str]
) -> None:
    assert arguments.split_list(entries) == expected


@pytest.mark.parametrize("url", ["http://localhost:8001", "https://acme.example/a?b#c"])
def test_url_with_scheme_and_host_is_absolute(url: str) -> None:
    assert arguments.is_absolute_url(url)


@pytest.mark.parametrize(
    "url",
    [
        *("", "/dune.jpg", "//acme.example/x", "acme.example", "ftp://acme.example/x", "https://"),
        *("javascript:alert(1)", "https://acme.example:port", "https://acme.example:99999"),
        *("https://acme.example:0", "https://[::1", "https://acme example", "https://acme\x00"),
        *("https://acme.example/\ud800", "https://acme.example/\n"),
    ],
)
def test_url_of_another_form_is_not_absolute(url: str) -> None:
    assert not arguments.is_absolute_url(url)
    with pytest.raises(ArgumentError, match=r"^logo_url must be an absolute http\(s\) URL"):
        arguments.require_absolute(logo_url=url)


@pytest.mark.parametrize("text", ["", "\n", "a\x00", "é", "a\nb"])
def test_text_that_no_header_can_hold_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(ArgumentError) as refusal:
        arguments.require_header_text(api_key=text)
    assert str(refusal.value) == "api_key must be printable ASCII text."


@pytest.mark.parametrize(
    ("identifier", "path"), [("t1", "things/t1"), ("a/..?b", "things/a%2F..%3Fb")]
)
def test_id_is_quoted_in_a_path(identifier: str, path: str) -> None:
    assert arguments.quote_path("things/{thing_id}", thing_id=identifier) == path


@pytest.mark.parametrize("identifier", ["", ".", "..", "a\nb", "\ud800"])
def test_id_that_would_name_another_endpoint_is_refused(identifier: str) -> None:
    with pytest.raises(ArgumentError, match=r"^thing_id must be an id"):
        arguments.quote_path("things/{thing_id}", thing_id=identifier)


def test_none_is_not_sent_and_unset_changes_nothing() -> None:
    assert arguments.without_none(name="Ada", email=None) == {"name": "Ada"}
    assert arguments.set_fields(name=UNSET, email=None) == {"email": None}
    with pytest.raises(ArgumentError, match="at least one field"):
        arguments.set_fields(name=UNSET)


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: arguments.require_exactly_one(a=None, b=None), "Give exactly one of a, b, not no"),
        (lambda: arguments.require_exactly_one(a=1, b=""), "Give exactly one of a, b, not a and b"),
        (lambda: arguments.require_number("n", 0, 1), "n must be a whole number from 1 to"),
        (lambda: arguments.require_number("n", 101, 1, 100), "n must be a whole number from 1 to"),
        (lambda: arguments.require_number("n", True, 0), "n must be a whole number"),
        (lambda: arguments.require_number("n", 1.0, 0), "n must be a whole number"),
        (lambda: arguments.require_number("n", "1", 0), "n must be a whole number"),
        (lambda: arguments.require_number("n", 2**31, 0), "n must be a whole number"),
        (lambda: arguments.require_page(limit=101, offset=0), "limit must be"),
        (lambda: arguments.require_page(limit=1, offset=-1), "offset must be"),
        (lambda: arguments.require_text("t", " "), "t must be text of 1 to 255 characters"),
        (lambda: arguments.require_text("t", None), "t must be text"),
        (lambda: arguments.require_text("t", "abc", max_length=2), "t must be text of 1 to 2"),
        (lambda: arguments.require_non_empty("l", []), "l must be a list"),
        (lambda: arguments.require_non_empty("l", "abc"), "l must be a list"),
        (lambda: arguments.require_choice("c", "z", ["x", "y"]), "c must be one of x, y"),
    ],
)
def test_argument_that_cannot_be_right_is_named(check: Callable[[], Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{message}"):
        check()


@pytest.mark.parametrize("value", [None, UNSET])
def test_argument_that_was_not_given_passes(value: Any) -> None:
    arguments.require_absolute(url=value)
    arguments.require_number("n", value, 1)
    arguments.require_choice("c", value, ["x"])
    arguments.require_text("t", UNSET)
    arguments.require_non_empty("l", UNSET)
