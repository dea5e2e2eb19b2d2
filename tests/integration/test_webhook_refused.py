"""A body that Printora signed and we refused is stored for staff to review, with the reason."""

import json

import pytest
from django.db import connection
from django.test import Client

from printora_integration.models import RefusedDelivery
from printora_integration.webhooks.views import MAX_BODY
from tests.helpers import at_once, deliver, encoded, hand_signed, webhook

GOOD = encoded(webhook())
PRIVATE = "Hopper"  # stands for a customer's data

REASONS = [
    (webhook() | {"sessionId": None, "event": ""}, "sessionId, event: missing, null or empty"),
    (webhook() | {"data": [PRIVATE]}, "data: must be an object"),
    (webhook() | {"sessionId": [PRIVATE]}, "sessionId: Input should be a valid string"),
    (webhook() | {"timestamp": PRIVATE}, "timestamp: Value error, must be a moment in ISO 86"),
    (webhook("order.paid", {"totalAmount": PRIVATE}), "data.totalAmount: Value error, must be"),
    (webhook("order.paid", {"items": [{}, {"price": -1}]}), "data.items.1.price: Value error, mu"),
    (webhook("order.paid", {"customer": {"email": 1, "phone": 2}}), "data.customer.email: Input "),
    (webhook() | {"data": {}}, "data.orderId: Field required"),
    ([PRIVATE], "not a JSON object"),
    (GOOD[:-1], f"not JSON, from character {len(GOOD) - 1} on"),
    (GOOD.replace(b"order", b"\xff"), f"not UTF-8, from byte {GOOD.index(b'order')} on"),
    (GOOD[:-1] + b',"event":"Hopper"}', "a key twice in one object"),
    (GOOD[:-1] + b',"x":NaN}', "NaN is not JSON"),
    (GOOD[:-1] + b',"x":' + b"[" * 60 + b"]" * 60 + b"}", "nested deeper than 50 levels"),
    (GOOD[:-1] + b',"x":' + b"[" * 9000 + b"]" * 9000 + b"}", "nested deeper than 50 levels"),
    (GOOD[:-1] + b',"x":' + b"7" * 101 + b"}", "a number of more than 100 characters"),
    (GOOD[:-1] + b',"x":0.' + b"7" * 101 + b"}", "a number of more than 100 characters"),
    (GOOD[:-1] + b',"x":1e' + b"9" * 20 + b"}", "a number that is too large"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("payload", "reason"), REASONS, ids=[reason for _, reason in REASONS])
def test_signed_body_that_is_refused_is_stored_with_the_reason(
    vendor: Client, payload: object, reason: str
) -> None:
    assert deliver(vendor, payload).status_code == 400
    refused = RefusedDelivery.objects.get()
    assert refused.reason.startswith(reason)
    assert PRIVATE not in refused.reason
    assert bytes(refused.body) == (payload if isinstance(payload, bytes) else encoded(payload))


@pytest.mark.django_db
def test_reason_says_how_much_else_is_wrong(vendor: Client) -> None:
    deliver(vendor, webhook("order.paid", {"totalAmount": -1, "currency": 5, "items": {}}))
    assert RefusedDelivery.objects.get().reason.endswith("; and 2 more")


@pytest.mark.django_db
@pytest.mark.parametrize("signature", ["", "sha256=" + "0" * 64, hand_signed(b"{", "whsec_other")])
def test_body_that_printora_did_not_sign_is_not_stored(vendor: Client, signature: str) -> None:
    assert deliver(vendor, b"{", signature=signature).status_code == 401
    assert not RefusedDelivery.objects.exists()


@pytest.mark.django_db
def test_signed_body_that_is_too_large_is_not_stored(vendor: Client) -> None:
    assert deliver(vendor, b"{" * (MAX_BODY + 1)).status_code == 413
    assert not RefusedDelivery.objects.exists()


@pytest.mark.django_db
def test_webhook_that_is_accepted_is_not_among_the_refused(vendor: Client) -> None:
    deliver(vendor, webhook())
    assert not RefusedDelivery.objects.exists()


# --- The newest 1,000 -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_newest_thousand_are_stored(vendor: Client) -> None:
    RefusedDelivery.objects.bulk_create(
        RefusedDelivery(body=b"", reason=str(number)) for number in range(1000)
    )
    for _delivery in range(2):
        deliver(vendor, b"{")
    reasons = list(RefusedDelivery.objects.values_list("reason", flat=True))
    assert len(reasons) == 1000
    assert reasons[-1] == "2"
    assert reasons[:2] == ["not JSON, from character 1 on"] * 2


@pytest.mark.django_db(transaction=True)
def test_number_of_rows_is_bounded_however_many_are_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(RefusedDelivery, "MAX_ROWS", 3)
    responses = at_once(*[lambda: deliver(Client(), b"{").status_code] * 20)
    assert responses == [400] * 20
    assert RefusedDelivery.objects.count() == 3


# --- A database that cannot store it --------------------------------------------------------------


def test_refusal_stays_400_where_no_database_can_be_reached(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    # pytest-django lets no test without its mark connect: to our code the database is down.
    assert deliver(vendor, b"{").status_code == 400
    assert "refused webhook not stored" in caplog.text
    assert "not JSON, from character 1 on" in caplog.text


@pytest.mark.django_db
def test_refusal_stays_400_where_the_database_fails(vendor: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE printora_integration_refuseddelivery RENAME TO elsewhere")
    assert deliver(vendor, b"{").status_code == 400
    assert deliver(vendor, webhook()).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("text", [json.dumps(webhook() | {"data": {PRIVATE: 1}}), "{Hopper"])
def test_log_of_a_refusal_shows_no_value(
    vendor: Client, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    assert deliver(vendor, text.encode()).status_code == 400
    assert "refused" in caplog.text
    assert PRIVATE not in caplog.text
