"""Deliver one event many times at the same moment, over real connections to several processes."""

import asyncio
import json
from collections import Counter

from tests.helpers import WEBHOOK, encoded, hand_signed
from tests.processes.load import paid_just_now
from tests.processes.site import Site

Answer = tuple[int, object]  # the status, and the field `duplicate` of the response

_EVENTS = "SELECT delivery_count FROM printora_integration_webhookevent"
_ORDERS = "SELECT status FROM orders_order"
_MAILS = "SELECT kind FROM orders_notification"


def run(site: Site, *, deliveries: int) -> dict[str, object]:
    """Deliver one event so many times at once, to all WEB_WORKERS of the site."""
    site.start_web()
    answers = asyncio.run(_deliver_at_once(site, deliveries))
    statuses = Counter(status for status, _duplicate in answers)
    new = sum(duplicate is False for _status, duplicate in answers)
    assert statuses == {200: deliveries}, f"the answers were {dict(statuses)}"
    assert new == 1, f"{new} deliveries were answered as new"
    events, orders, mails = site.rows(_EVENTS), site.rows(_ORDERS), site.rows(_MAILS)
    assert events == [(deliveries,)], f"the events' delivery counts are {events}"
    assert orders == [("paid",)], f"the orders are {orders}"
    assert mails == [("paid",)], f"the notifications are {mails}"
    return {
        "answered 200": statuses[200],
        "`duplicate: false`": new,
        "rows": len(events),
        "orders": len(orders),
        "notifications": len(mails),
    }


async def _deliver_at_once(site: Site, deliveries: int) -> list[Answer]:
    body = encoded(paid_just_now())
    head = [
        f"POST {WEBHOOK} HTTP/1.1",
        f"Host: 127.0.0.1:{site.port}",
        "Content-Type: application/json",
        "Connection: close",
        f"Content-Length: {len(body)}",
        f"x-printora-signature: {hand_signed(body)}",
    ]
    request = "\r\n".join([*head, "", ""]).encode() + body
    start = asyncio.Event()
    all_connected = asyncio.Barrier(deliveries + 1)
    tasks = [
        asyncio.create_task(_deliver(site.port, request, all_connected, start))
        for _delivery in range(deliveries)
    ]
    await all_connected.wait()
    start.set()
    return list(await asyncio.gather(*tasks))


async def _deliver(
    port: int, request: bytes, all_connected: asyncio.Barrier, start: asyncio.Event
) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await all_connected.wait()
    await start.wait()
    writer.write(request)
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return int(head.split()[1]), json.loads(body).get("duplicate")
