"""`construct_event` verifies and parses in one call, for any framework."""

import base64
import json
from decimal import Decimal

import pytest

from printora_integration import exceptions as errors
from printora_integration.payloads import construct_event
from printora_integration.schemas.webhooks import EventType
from tests.helpers import DATA, ORDER, SECRET, SESSION, encoded, hand_signed, webhook

BODY = encoded(webhook("order.paid", {"totalAmount": 20.1}))
# Made by another implementation: Node.js, as Printora's own server is.
_FILE = json.loads((DATA / "signature-vectors.json").read_text())
VECTORS = [
    (base64.b64decode(vector["body_base64"]), vector["header"]) for vector in _FILE["vectors"]
]


def test_signed_body_is_returned_parsed() -> None:
    payload = construct_event(BODY, hand_signed(BODY), SECRET)
    assert (payload.session_id, payload.event_type) == (SESSION, EventType.PAID)
    assert payload.data is not None
    assert (payload.data.order_id, payload.data.total_amount) == (ORDER, Decimal("20.1"))


def test_unknown_event_is_returned_without_data() -> None:
    body = encoded(webhook("order.refunded"))
    payload = construct_event(body, hand_signed(body), [SECRET])
    assert (payload.event, payload.event_type, payload.data) == ("order.refunded", None, None)


@pytest.mark.parametrize("secret", ["whsec_new", "whsec_old"])
@pytest.mark.parametrize("secrets", [["whsec_new", "whsec_old"], "whsec_new, whsec_old"])
def test_each_secret_of_a_rotation_is_accepted(secret: str, secrets: str | list[str]) -> None:
    payload = construct_event(BODY, hand_signed(BODY, secret), secrets)
    assert payload.session_id == SESSION


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param(hand_signed(BODY, "whsec_another"), id="another secret"),
        pytest.param(hand_signed(BODY + b" "), id="another body"),
        pytest.param(hand_signed(BODY).removeprefix("sha256="), id="no prefix"),
        pytest.param("sha256=" + "é" * 64, id="not ASCII"),
    ],
)
def test_signature_that_is_missing_or_wrong_is_refused(header: str | None) -> None:
    with pytest.raises(errors.InvalidSignatureError) as refusal:
        construct_event(BODY, header, SECRET)
    assert refusal.value.status == 401


@pytest.mark.parametrize("secrets", ["", " , ", [], [""]])
def test_without_a_secret_everything_is_refused(secrets: str | list[str]) -> None:
    for key in ("", " ", SECRET):
        with pytest.raises(errors.InvalidSignatureError):
            construct_event(BODY, hand_signed(BODY, key), secrets)


def test_signature_is_checked_before_the_payload() -> None:
    with pytest.raises(errors.InvalidSignatureError):
        construct_event(b"{", hand_signed(b"{", "whsec_another"), SECRET)


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"{", errors.InvalidPayloadError, "Invalid webhook payload"),
        (b"\xff", errors.InvalidPayloadError, "Invalid webhook payload"),
        (
            encoded(webhook() | {"timestamp": 1}),
            errors.InvalidPayloadError,
            "Invalid webhook payload",
        ),
        (
            encoded(webhook() | {"data": None}),
            errors.MissingFieldsError,
            "Invalid webhook payload: missing required fields",
        ),
    ],
)
def test_signed_body_that_is_invalid_is_refused_with_the_response_for_it(
    body: bytes, kind: type[errors.InvalidPayloadError], message: str
) -> None:
    with pytest.raises(kind) as refusal:
        construct_event(body, hand_signed(body), SECRET)
    assert type(refusal.value) is kind
    assert (refusal.value.status, str(refusal.value)) == (400, message)


@pytest.mark.parametrize(("body", "header"), VECTORS)
def test_signature_made_by_node_is_accepted(body: bytes, header: str) -> None:
    if not body.rstrip().endswith(b"}"):  # signed rightly, and no JSON
        with pytest.raises(errors.InvalidPayloadError):
            construct_event(body, header, _FILE["secret"])
        return
    assert construct_event(body, header, _FILE["secret"]).data is not None


@pytest.mark.parametrize(("body", "header"), VECTORS)
def test_body_that_node_did_not_sign_is_refused(body: bytes, header: str) -> None:
    with pytest.raises(errors.InvalidSignatureError):
        construct_event(body + b" ", header, _FILE["secret"])
