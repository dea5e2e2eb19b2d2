"""Deliver the five events of many orders in every sequence, and compare the rows."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from printora_integration.schemas.webhooks import EventType
from tests.helpers import WEBHOOK, encoded, hand_signed
from tests.orders.stories import ARRIVALS, STORIES, payload
from tests.processes.site import Site

SENDERS = 4  # at the same time

_ROWS = """
    SELECT
        session_id, flags,
        order_id, order_number, status, payment_status, payment_method, payment_url, total_amount,
        currency, creator, customer_email, customer_first_name, customer_last_name, customer_phone,
        items, shipping_address, partner_image_url, carrier, tracking_number, tracking_url,
        ordered_at, paid_at, processing_at, shipped_at, delivered_at, cancelled_at
    FROM orders_order
"""


def run(site: Site, *, arrivals: int = len(ARRIVALS)) -> dict[str, object]:
    """Try so many arrivals, spread over all 120, with each of the three patterns of payloads."""
    site.start_web()
    chosen = ARRIVALS[:: len(ARRIVALS) // arrivals][:arrivals]
    with ThreadPoolExecutor(SENDERS) as senders:
        for name in STORIES:
            list(senders.map(lambda each, name=name: _send(site, name, *each), enumerate(chosen)))
    rows = [_comparable(row) for row in site.rows(_ROWS)]
    for name in STORIES:
        final = {fields for session, fields in rows if session.startswith(name.split()[0])}
        assert len(final) == 1, f"{len(chosen)} arrivals of {name!r} ended in {len(final)} rows"
    assert len(rows) == len(chosen) * len(STORIES), f"there are {len(rows)} orders"
    return {
        "arrivals": len(chosen),
        "patterns": len(STORIES),
        "webhooks": len(rows) * len(EventType),
        "different final rows of a pattern": 1,
    }


def _send(site: Site, story: str, number: int, arrival: Sequence[EventType]) -> None:
    with httpx.Client(base_url=site.url, timeout=30, trust_env=False) as client:
        for event in arrival:
            session = f"{story.split(maxsplit=1)[0]}_{number}"
            body = encoded(payload(event, STORIES[story][event], session=session))
            signature = {"x-printora-signature": hand_signed(body)}
            response = client.post(WEBHOOK, content=body, headers=signature)
            assert response.json() == {"received": True, "duplicate": False}, response.text


def _comparable(row: tuple[Any, ...]) -> tuple[str, str]:
    """Return the session, and all other fields as text; the flags may be in any order."""
    session, flags, *fields = row
    texts: list[str] = json.loads(flags) if isinstance(flags, str) else flags
    return session, repr([sorted(texts), *fields])
