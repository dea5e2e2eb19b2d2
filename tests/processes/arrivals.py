"""Deliver the five events of many orders in every order of arrival, and compare their rows."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from printora_integration.schemas.webhooks import EventType
from tests.helpers import WEBHOOK, encoded, hand_signed
from tests.orders.stories import ARRIVALS, STORIES, payload
from tests.processes.site import Site

AT_ONCE = 4

_ROWS = """
    SELECT
        session_id, flags,
        order_id, order_number, status, payment_status, payment_method, payment_url, total_amount,
        currency, creator, customer_email, customer_first_name, customer_last_name, customer_phone,
        items, shipping_address, partner_image_url, carrier, tracking_number, tracking_url,
        ordered_at, paid_at, processing_at, shipped_at, delivered_at, cancelled_at
    FROM orders_order
"""


def play(site: Site, *, arrivals: int = len(ARRIVALS)) -> dict[str, object]:
    """Play so many arrivals, spread over all 120, with each of the three patterns of payloads."""
    site.start_web()
    chosen = ARRIVALS[:: len(ARRIVALS) // arrivals][:arrivals]
    with ThreadPoolExecutor(AT_ONCE) as senders:
        for name in STORIES:
            list(senders.map(lambda each, name=name: _tell(site, name, *each), enumerate(chosen)))
    rows = [_comparable(row) for row in site.rows(_ROWS)]
    for name in STORIES:
        final = {facts for session, facts in rows if session.startswith(name.split()[0])}
        assert len(final) == 1, f"{len(chosen)} arrivals of {name!r} ended in {len(final)} rows"
    assert len(rows) == len(chosen) * len(STORIES), f"there are {len(rows)} orders"
    return {
        "arrivals": len(chosen),
        "patterns": len(STORIES),
        "webhooks": len(rows) * len(EventType),
        "different final rows of a pattern": 1,
    }


def _tell(site: Site, story: str, number: int, arrival: Sequence[EventType]) -> None:
    with httpx.Client(base_url=site.url, timeout=30, trust_env=False) as client:
        for event in arrival:
            session = f"{story.split(maxsplit=1)[0]}_{number}"
            body = encoded(payload(event, STORIES[story][event], session=session))
            signature = {"x-printora-signature": hand_signed(body)}
            reply = client.post(WEBHOOK, content=body, headers=signature)
            assert reply.json() == {"received": True, "duplicate": False}, reply.text


def _comparable(row: tuple[Any, ...]) -> tuple[str, str]:
    """Return the session, and all else as text; flags may have come in any order."""
    session, flags, *facts = row
    told: list[str] = json.loads(flags) if isinstance(flags, str) else flags
    return session, repr([sorted(told), *facts])
