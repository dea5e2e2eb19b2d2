"""Raw bytes become a WebhookPayload, or InvalidPayloadError: nothing in between, nothing else."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

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


def test_snake_case_payload_means_the_same() -> None:
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
def test_required_field_left_out_null_or_empty_is_missing(field: str, value: object) -> None:
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


# --- Fields, whose rules tests/vendor_kit/test_fields.py has --------------------------------------


def payload_with(field: str, literal: str) -> WebhookPayload:
    """Return a payload one of whose fields is written as this JSON literal."""
    body = encoded(webhook("order.paid", {field: "?"}))
    return parse_payload(body.replace(b'"?"', literal.encode()))


def test_amount_is_exact() -> None:
    data = payload_with("totalAmount", "20.10").data
    assert data is not None
    assert str(data.total_amount) == "20.10"


@pytest.mark.parametrize("literal", ["true", "-0.01", "1e10", "NaN", '"20,10"', "[]", "9" * 5000])
def test_amount_that_is_no_amount_is_refused(literal: str) -> None:
    with pytest.raises(InvalidPayloadError):
        payload_with("totalAmount", literal)


@pytest.mark.parametrize("quantity", [-1, 1.5, "2", True, 10**6])
def test_quantity_that_is_no_quantity_is_refused(quantity: object) -> None:
    assert_refused(encoded(webhook("order.paid", {"items": [{"quantity": quantity}]})))


def test_quantity_written_with_a_point_is_whole() -> None:
    data = payload_with("items", '[{"quantity": 1.0}]').data
    assert data is not None
    assert data.items is not None
    assert data.items[0].quantity == 1


def test_empty_text_for_a_date_or_an_amount_is_missing() -> None:
    data = data_of(createdAt="", paidAt="", totalAmount="", items=[{"price": ""}])
    assert (data.created_at, data.paid_at, data.total_amount) == (None, None, None)
    assert data.items is not None
    assert data.items[0].price is None


@pytest.mark.parametrize(
    ("session", "expected"),
    [(SESSION.upper(), SESSION), ("sess_AbC", "sess_AbC"), ("s" * 128, "s" * 128)],
)
def test_session_id_is_stored_in_one_form(session: str, expected: str) -> None:
    assert parse_payload(encoded(webhook(session=session))).session_id == expected


@pytest.mark.parametrize("session", ["s" * 129, "a\nb", "a\u200eb", "\x7f"])
def test_session_id_that_is_too_long_or_unprintable_is_refused(session: str) -> None:
    assert_refused(json.dumps(webhook(session=session)).encode())


@pytest.mark.parametrize("order_id", [7, "", "o" * 129, "a\nb", None, ["o1"]])
def test_order_id_that_is_not_an_opaque_id_is_refused(order_id: object) -> None:
    assert_refused(json.dumps(webhook(data={"orderId": order_id})).encode())


@pytest.mark.parametrize(
    ("timestamp", "utc"),
    [
        ("2026-02-27T01:02:33+02:00", datetime(2026, 2, 26, 23, 2, 33, tzinfo=UTC)),
        ("2026-02-27T01:02:33", datetime(2026, 2, 27, 1, 2, 33, tzinfo=UTC)),
    ],
    ids=["with an offset", "without one"],
)
def test_timestamp_is_in_utc(timestamp: str, utc: datetime) -> None:
    moment = parse_payload(encoded(webhook(timestamp=timestamp))).timestamp
    assert (moment, moment.tzinfo) == (utc, UTC)


@pytest.mark.parametrize("timestamp", ["yesterday", "1772154153", "9999-12-31T23:59:59-23:59"])
def test_timestamp_that_is_no_moment_is_refused(timestamp: str) -> None:
    assert_refused(encoded(webhook(timestamp=timestamp)))


def test_text_that_no_database_stores_becomes_a_replacement_character() -> None:
    data = payload_with("customer", r'{"firstName": "Jo\u0000"}').data
    assert data is not None
    assert data.customer is not None
    assert data.customer.first_name == "Jo\ufffd"


def test_null_in_one_spelling_does_not_hide_the_other() -> None:
    record = webhook("order.paid", {"orderId": None, "order_id": "o1", "total_amount": 5})
    record |= {"sessionId": None, "session_id": "s1"}
    record["data"] |= {"totalAmount": None}
    payload = parse_payload(encoded(record))
    assert payload.session_id == "s1"
    assert payload.data is not None
    assert (payload.data.order_id, payload.data.total_amount) == ("o1", Decimal(5))
