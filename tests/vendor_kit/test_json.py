"""Strict JSON: one object, read alike by every reader, that a database can store."""

from decimal import Decimal

import pytest

from vendor_kit.exceptions import InvalidPayloadError, MissingFieldsError
from vendor_kit.json import load_object


def assert_refused(body: bytes) -> None:
    with pytest.raises(InvalidPayloadError) as refusal:
        load_object(body)
    assert not isinstance(refusal.value, MissingFieldsError)
    assert refusal.value.reason


def test_object_is_read_with_exact_numbers() -> None:
    body = '{"name": "José", "total": 20.10, "count": 2, "deep": [{"a": null}]}'.encode()
    record = load_object(body)
    assert record == {
        "name": "José",
        "total": Decimal("20.10"),
        "count": 2,
        "deep": [{"a": None}],
    }
    assert str(record["total"]) == "20.10"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="half"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="list"),
        pytest.param(b'"text"', id="text"),
        pytest.param(b"1", id="number"),
        pytest.param(b"name=Ada&total=1", id="form"),
        pytest.param(b'\xef\xbb\xbf{"a":1}', id="byte order mark"),
        pytest.param(b'{"a":1}}', id="one brace more"),
        pytest.param(b'{"a":"\xff"}', id="not UTF-8"),
        pytest.param('{"a":1}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"a":"\xed\xa0\x80"}', id="a surrogate in UTF-8"),
        pytest.param(b'{"a":"b\x00"}', id="raw NUL"),
        pytest.param(b'{"a":NaN}', id="NaN"),
        pytest.param(b'{"a":Infinity}', id="Infinity"),
        pytest.param(b'{"a":1,"a":1}', id="key twice"),
        pytest.param(b'{"x":{"y":1,"y":2}}', id="key twice, deep"),
        pytest.param(b"[" * 100_000, id="deep, open"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep"),
        pytest.param(b'{"a":' + b"9" * 5000 + b"}", id="5000 digits"),
        pytest.param(b'{"a":0.' + b"9" * 5000 + b"}", id="5000 digits after the point"),
        pytest.param(b'{"a":1e' + b"9" * 20 + b"}", id="exponent"),
    ],
)
def test_body_that_is_not_strict_json_is_refused(body: bytes) -> None:
    assert_refused(body)


@pytest.mark.parametrize("depth", [60, 480, 900, 5000])
@pytest.mark.parametrize("text", [b"A", rb"\u0041"], ids=["plain", "with an escape"])
def test_nesting_deeper_than_any_payload_is_refused(depth: int, text: bytes) -> None:
    assert_refused(b'{"a":' + b"[" * depth + b'"' + text + b'"' + b"]" * depth + b"}")


def test_nesting_that_a_payload_may_have_is_read() -> None:
    assert load_object(b'{"a":' + b"[" * 40 + rb'"\u0041"' + b"]" * 40 + b"}")


@pytest.mark.parametrize(
    "escape", [r"\u0000", r"\ud800", r"\udfff"], ids=["NUL", "high surrogate", "low surrogate"]
)
def test_text_that_no_database_stores_becomes_a_replacement_character(escape: str) -> None:
    body = b'{"Jo?": ["Jo?"]}'.replace(b"?", escape.encode())
    assert load_object(body) == {"Jo\ufffd": ["Jo\ufffd"]}


def test_pair_of_surrogates_is_the_character_it_stands_for() -> None:
    assert load_object(rb'{"a":"\ud83d\ude00"}') == {"a": "😀"}
