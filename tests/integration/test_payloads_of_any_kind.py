"""Any JSON and any bytes become a WebhookPayload or InvalidPayloadError, and nothing else."""

import json
from typing import Any

import hypothesis
from hypothesis import strategies as st

from printora_integration.exceptions import InvalidPayloadError
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import WebhookPayload
from tests.helpers import SESSION, webhook

_NAMES = st.sampled_from(
    ["sessionId", "event", "timestamp", "data", "orderId", "totalAmount", "items", "customer"]
)
_TEXTS = st.sampled_from(
    [SESSION, "order.paid", "order.created", "2026-02-27T01:02:33Z", "", "1e3"]
)
_ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | _TEXTS,
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
