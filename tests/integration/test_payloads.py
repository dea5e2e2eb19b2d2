"""Raw bytes become a WebhookPayload, or InvalidPayloadError: nothing in between, nothing else."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from printora_integration.exceptions import InvalidPayloadError, MissingFieldsError
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType, OrderData, WebhookPayload
from tests.helpers import ORDER, SESSION, encoded, webhook


def data_of(**data: object) -> OrderData:
    payload = parse_payload(encoded(webhook("order.paid", data)))
    assert payload.data is not None
    return payload.data


def assert_refused(body: bytes) -> None:
    with pytest.raises(InvalidPayloadError) as refusal:
        parse_payload(body)
    assert not isinstance(refusal.value, MissingFieldsError)


# --- The envelope ---------------------------------------------------------------------------------


def test_camel_case_payload_is_read() -> None:
    data = data_of(orderNumber="PR-1", totalAmount=20, customer={"firstName": "José"})
    assert (data.order_number, data.total_amount) == ("PR-1", Decimal(20))
    assert data.customer is not None
    assert data.customer.first_name == "José"


def test_snake_case_payload_says_the_same() -> None:
    camel = webhook(
        "order.paid",
        {
            "totalAmount": "20.10",
            "items": [{"productName": "Mug", "imageUrl": "https://example.com/a.png"}],
            "shippingAddress": {"zipCode": "1010"},
        },
    )
    snake = {
        "session_id": SESSION,
        "event": "order.paid",
        "timestamp": camel["timestamp"],
        "data": {
            "order_id": ORDER,
            "total_amount": "20.10",
            "items": [{"product_name": "Mug", "image_url": "https://example.com/a.png"}],
            "shipping_address": {"zip_code": "1010"},
        },
    }
    assert parse_payload(encoded(snake)) == parse_payload(encoded(camel))


@pytest.mark.parametrize("value", [..., None, ""], ids=["left out", "null", "empty"])
@pytest.mark.parametrize("field", ["sessionId", "event", "timestamp", "data"])
def test_required_field_that_is_missing_is_named_missing(field: str, value: object) -> None:
    payload = webhook()
    if value is ...:
        del payload[field]
    else:
        payload[field] = value
    with pytest.raises(MissingFieldsError):
        parse_payload(encoded(payload))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sessionId", 7),
        ("sessionId", 0),
        ("sessionId", False),
        ("sessionId", ["s1"]),
        ("sessionId", {}),
        ("event", ["order.created"]),
        ("event", {"order": "created"}),
        ("event", 1),
        ("event", True),
        ("timestamp", 1772154153),
        ("timestamp", 1772154153.5),
        ("timestamp", False),
        ("timestamp", {}),
        ("data", []),
        ("data", [{"orderId": "o1"}]),
        ("data", "orderId"),
        ("data", 0),
        ("data", False),
    ],
)
def test_required_field_of_the_wrong_type_is_refused(field: str, value: object) -> None:
    assert_refused(encoded(webhook() | {field: value}))


@pytest.mark.parametrize("event", list(EventType))
def test_order_event_without_an_order_id_is_refused(event: EventType) -> None:
    assert_refused(encoded(webhook(event) | {"data": {"status": "paid"}}))


def test_unknown_fields_are_ignored() -> None:
    payload = webhook("order.paid", {"giftWrap": {"colour": "red"}, "items": [{"weight": 3}]})
    assert parse_payload(encoded(payload | {"apiVersion": 2})).session_id == SESSION


def test_unknown_event_is_accepted_with_any_object_as_data() -> None:
    payload = parse_payload(encoded(webhook("order.refunded") | {"data": {"orderId": [None]}}))
    assert (payload.event, payload.event_type, payload.data) == ("order.refunded", None, None)


def test_unknown_event_still_needs_an_object_as_data() -> None:
    assert_refused(encoded(webhook("order.refunded") | {"data": [1]}))


# --- Ids ------------------------------------------------------------------------------------------


def test_session_id_that_is_a_uuid_is_stored_in_lower_case() -> None:
    assert parse_payload(encoded(webhook(session=SESSION.upper()))).session_id == SESSION


def test_opaque_session_id_keeps_its_case() -> None:
    assert parse_payload(encoded(webhook(session="sess_AbC"))).session_id == "sess_AbC"


@pytest.mark.parametrize("session", ["x", "s" * 128, "日本/?# ü"])
def test_session_id_of_1_to_128_printable_characters_is_accepted(session: str) -> None:
    assert parse_payload(encoded(webhook(session=session))).session_id == session


@pytest.mark.parametrize("session", ["s" * 129, "a\nb", "a\tb", "a\u200eb", "\u2028", "\x7f"])
def test_session_id_that_is_too_long_or_unprintable_is_refused(session: str) -> None:
    assert_refused(json.dumps(webhook(session=session)).encode())


@pytest.mark.parametrize("order_id", [7, "", "o" * 129, "a\nb", None, ["o1"]])
def test_order_id_that_is_not_an_opaque_id_is_refused(order_id: object) -> None:
    assert_refused(json.dumps(webhook(data={"orderId": order_id})).encode())


# --- Amounts --------------------------------------------------------------------------------------


def amount_of(literal: str) -> Decimal | None:
    """Return what becomes of an amount written as this JSON literal."""
    body = encoded(webhook("order.paid", {"totalAmount": "?"})).replace(b'"?"', literal.encode())
    data = parse_payload(body).data
    return data.total_amount if data else None


@pytest.mark.parametrize(
    ("literal", "kept"),
    [
        ("20.10", "20.10"),
        ('"20.10"', "20.10"),
        ("0.1", "0.1"),
        ("0", "0"),
        ("-0.0", "0.0"),
        ("7", "7"),
        ("2.5e1", "25"),
        ('"2.5E1"', "25"),
        ("1e-3", "0.001"),
        ("9999999999.9999", "9999999999.9999"),
        ("0.00001", "0"),
        ("null", None),
    ],
)
def test_amount_is_kept_exactly(literal: str, kept: str | None) -> None:
    assert amount_of(literal) == (None if kept is None else Decimal(kept))


def test_amount_keeps_the_digits_it_was_written_with() -> None:
    assert str(amount_of("20.10")) == "20.10"


@pytest.mark.parametrize(
    "literal",
    [
        "true",
        "false",
        "-0.01",
        '"-1"',
        "1e10",
        "10000000000",
        "9999999999.99999",
        "1e400",
        "1e99999999999999999999",
        "NaN",
        "Infinity",
        "-Infinity",
        '"NaN"',
        '"Infinity"',
        '"20,10"',
        '"$20"',
        '" 20"',
        '"٣"',
        "[]",
        "{}",
        "9" * 5000,
        '"' + "9" * 5000 + '"',
    ],
    ids=lambda literal: literal[:24],
)
def test_amount_that_is_no_amount_is_refused(literal: str) -> None:
    with pytest.raises(InvalidPayloadError):
        amount_of(literal)


@pytest.mark.parametrize("quantity", [-1, 1.5, "2", True, 10**6])
def test_quantity_that_is_no_quantity_is_refused(quantity: object) -> None:
    assert_refused(encoded(webhook("order.paid", {"items": [{"quantity": quantity}]})))


# --- Times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("timestamp", "utc"),
    [
        ("2026-02-27T01:02:33.444Z", datetime(2026, 2, 27, 1, 2, 33, 444000, UTC)),
        ("2026-02-27T01:02:33+02:00", datetime(2026, 2, 26, 23, 2, 33, tzinfo=UTC)),
        ("2026-02-27T01:02:33", datetime(2026, 2, 27, 1, 2, 33, tzinfo=UTC)),
        ("1999-01-01T00:00:00Z", datetime(1999, 1, 1, tzinfo=UTC)),
    ],
    ids=["UTC", "with an offset", "without one", "of any age"],
)
def test_timestamp_is_kept_in_utc(timestamp: str, utc: datetime) -> None:
    kept = parse_payload(encoded(webhook(timestamp=timestamp))).timestamp
    assert (kept, kept.tzinfo) == (utc, UTC)


@pytest.mark.parametrize(
    "timestamp",
    [
        "yesterday",
        "27/02/2026",
        "1772154153",
        "2026-02-30T00:00:00Z",
        "2026-02-27T25:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "0000-01-01T00:00:00Z",
        "2026-02-27T01:02:33\x00",
    ],
)
def test_timestamp_that_is_no_moment_is_refused(timestamp: str) -> None:
    assert_refused(json.dumps(webhook(timestamp=timestamp)).encode())


# --- Text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "escape", [r"\u0000", r"\ud800", r"\udfff"], ids=["NUL", "high surrogate", "low surrogate"]
)
def test_text_that_no_database_keeps_becomes_a_replacement_character(escape: str) -> None:
    body = encoded(webhook("order.paid", {"customer": {"firstName": "Jo?"}}))
    data = parse_payload(body.replace(b"Jo?", b"Jo" + escape.encode())).data
    assert data is not None
    assert data.customer is not None
    assert data.customer.first_name == "Jo\ufffd"


def test_pair_of_surrogates_is_the_character_it_stands_for() -> None:
    body = encoded(webhook("order.paid", {"orderNumber": "?"})).replace(b'"?"', rb'"\ud83d\ude00"')
    data = parse_payload(body).data
    assert data is not None
    assert data.order_number == "😀"


# --- JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="half"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="list"),
        pytest.param(b'"text"', id="text"),
        pytest.param(b"1", id="number"),
        pytest.param(b"sessionId=s1&event=order.paid", id="form"),
        pytest.param(b"\xef\xbb\xbf" + encoded(webhook()), id="byte order mark"),
        pytest.param(encoded(webhook()) + b"}", id="one brace more"),
        pytest.param(encoded(webhook()).replace(b"order", b"\xff"), id="not UTF-8"),
        pytest.param(encoded(webhook()).decode().encode("utf-16"), id="UTF-16"),
        pytest.param(encoded(webhook(session="\ud800".encode("utf-8", "surrogatepass").hex()))
                     .replace(b"eda080", b"\xed\xa0\x80"), id="a surrogate in UTF-8"),
        pytest.param(encoded(webhook(session="a?")).replace(b"a?", b"a\x00"), id="raw NUL"),
        pytest.param(encoded(webhook())[:-1] + b',"x":NaN}', id="NaN"),
        pytest.param(encoded(webhook())[:-1] + b',"event":"order.paid"}', id="key twice"),
        pytest.param(encoded(webhook())[:-1] + b',"x":{"y":1,"y":2}}', id="key twice, deep"),
        pytest.param(b"[" * 100_000, id="deep, open"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep"),
        pytest.param(encoded(webhook())[:-1] + b',"x":' + b"9" * 5000 + b"}", id="5000 digits"),
        pytest.param(encoded(webhook())[:-1] + b',"x":1e' + b"9" * 20 + b"}", id="exponent"),
    ],
)  # fmt: skip
def test_body_that_is_not_strict_json_is_refused(body: bytes) -> None:
    assert_refused(body)


@pytest.mark.parametrize("depth", [60, 480, 900, 5000])
@pytest.mark.parametrize("text", [b"A", rb"\u0041"], ids=["plain", "with an escape"])
def test_nesting_deeper_than_any_payload_of_printora_is_refused(depth: int, text: bytes) -> None:
    nested = b"[" * depth + b'"' + text + b'"' + b"]" * depth
    assert_refused(encoded(webhook())[:-1] + b',"x":' + nested + b"}")


def test_nesting_that_a_payload_may_have_is_read() -> None:
    nested = b"[" * 40 + rb'"\u0041"' + b"]" * 40
    assert parse_payload(encoded(webhook())[:-1] + b',"x":' + nested + b"}").session_id == SESSION


# --- Anything at all ------------------------------------------------------------------------------

_NAMES = st.sampled_from(
    ["sessionId", "event", "timestamp", "data", "orderId", "totalAmount", "items", "customer"]
)
_WORDS = st.sampled_from(
    [SESSION, "order.paid", "order.created", "2026-02-27T01:02:33Z", "", "1e3"]
)
_ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(), inner),
    max_leaves=12,
)


@hypothesis.given(payload=_ANYTHING | st.dictionaries(_NAMES, _ANYTHING))
@hypothesis.settings(max_examples=100)
def test_any_json_is_read_or_refused(payload: object) -> None:
    _read_or_refuse(json.dumps(payload).encode())


@hypothesis.given(data=st.dictionaries(_NAMES | st.text(), _ANYTHING))
@hypothesis.settings(max_examples=100)
def test_any_data_is_read_or_refused(data: dict[str, Any]) -> None:
    _read_or_refuse(json.dumps(webhook("order.paid", data)).encode())


@hypothesis.given(body=st.binary(max_size=200))
@hypothesis.settings(max_examples=100)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    _read_or_refuse(body)


def _read_or_refuse(body: bytes) -> None:
    try:
        payload = parse_payload(body)
    except InvalidPayloadError:
        return
    assert isinstance(payload, WebhookPayload)


# --- Odd and good enough --------------------------------------------------------------------------


def test_null_in_one_spelling_does_not_hide_the_other() -> None:
    payload = webhook("order.paid", {"orderId": None, "order_id": "o1", "total_amount": 5})
    payload |= {"sessionId": None, "session_id": "s1"}
    payload["data"] |= {"totalAmount": None}
    payload = parse_payload(encoded(payload))
    assert payload.session_id == "s1"
    assert payload.data is not None
    assert (payload.data.order_id, payload.data.total_amount) == ("o1", Decimal(5))


def test_empty_text_for_a_date_or_an_amount_is_missing() -> None:
    data = data_of(createdAt="", paidAt="", totalAmount="", items=[{"price": ""}])
    assert (data.created_at, data.paid_at, data.total_amount) == (None, None, None)
    assert data.items is not None
    assert data.items[0].price is None


def test_quantity_written_with_a_point_is_whole() -> None:
    body = encoded(webhook("order.paid", {"items": [{"quantity": "?"}]}))
    data = parse_payload(body.replace(b'"?"', b"1.0")).data
    assert data is not None
    assert data.items is not None
    assert data.items[0].quantity == 1


@pytest.mark.parametrize("literal", [b"1e999999", b"-1.0", b"1000000.0", b"0.5"])
def test_quantity_with_a_point_that_is_no_quantity_is_refused(literal: bytes) -> None:
    body = encoded(webhook("order.paid", {"items": [{"quantity": "?"}]}))
    assert_refused(body.replace(b'"?"', literal))
