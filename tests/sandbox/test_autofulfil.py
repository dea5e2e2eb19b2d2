"""The auto-fulfilment timer ships and delivers paid orders."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.scripts import run_script
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

OFF = {"enabled": False, "shipAfterSeconds": 10, "deliverAfterSeconds": 20}
AT_ONCE = {"enabled": True, "shipAfterSeconds": 0, "deliverAfterSeconds": 0}
ALL_FOUR = ["order.created", "order.paid", "order.shipped", "order.delivered"]


@pytest.fixture(scope="module")
def timed(receiver: Receiver) -> Iterator[SandboxProcess]:
    with SandboxProcess(webhook_url=receiver.url) as process:
        yield process


@pytest.fixture
def api(timed: SandboxProcess) -> Iterator[Api]:
    api = Api(timed)
    yield api
    api.http.post("/console/api/reset")


def _timer(api: Api) -> Any:
    return api.http.get("/console/api/fulfilment").json()["data"]


def _set(api: Api, **timer: Any) -> httpx.Response:
    return api.http.put("/console/api/fulfilment", json=timer)


def _events(receiver: Receiver, visitor: Visitor, count: int) -> list[str]:
    return [hook.event for hook in receiver.wait_for(visitor.opened.id, count)]


def _paid(api: Api) -> Visitor:
    visitor = Visitor(api.opened())
    visitor.pay()
    return visitor


def test_timer_is_off_at_first_and_after_a_reset(api: Api) -> None:
    assert _timer(api) == OFF
    assert _set(api, **AT_ONCE).json()["data"] == _timer(api) == AT_ONCE
    api.http.post("/console/api/reset")
    assert _timer(api) == OFF


def test_paid_order_is_shipped_and_delivered(api: Api, receiver: Receiver) -> None:
    _set(api, **AT_ONCE)
    visitor = _paid(api)
    assert _events(receiver, visitor, 4) == ALL_FOUR
    shipped = receiver.of(visitor.opened.id)[2].json["data"]
    assert (shipped["carrier"], shipped["trackingNumber"][:2]) == ("UPS", "1Z")


def test_order_paid_before_the_timer_started_is_included(api: Api, receiver: Receiver) -> None:
    visitor = _paid(api)
    assert _events(receiver, visitor, 2) == ALL_FOUR[:2]
    _set(api, **AT_ONCE)
    assert _events(receiver, visitor, 4) == ALL_FOUR


def test_unpaid_order_is_not_moved(api: Api, receiver: Receiver) -> None:
    _set(api, **AT_ONCE)
    unpaid = Visitor(api.opened())
    unpaid.order()
    _events(receiver, _paid(api), 4)  # by now the other order would have moved too
    assert _events(receiver, unpaid, 1) == ALL_FOUR[:1]


def test_each_step_waits_for_its_delay(api: Api, receiver: Receiver) -> None:
    _set(api, enabled=True, shipAfterSeconds=1, deliverAfterSeconds=600)
    visitor = _paid(api)
    hooks = receiver.wait_for(visitor.opened.id, 3)
    assert [hook.event for hook in hooks] == ALL_FOUR[:3]
    assert 0.9 <= hooks[2].at - hooks[1].at < 3


def test_order_that_is_being_printed_is_shipped_too(api: Api, receiver: Receiver) -> None:
    visitor = _paid(api)
    order = receiver.wait_for(visitor.opened.id, 2)[1].json["data"]["orderId"]
    assert api.http.post(f"/console/api/orders/{order}/process").status_code == 200
    _set(api, **AT_ONCE)
    assert _events(receiver, visitor, 4) == ALL_FOUR


# Orders that were paid long ago, for partners that are no longer in the settings.
_ORPHANS = """
from datetime import timedelta
from django.utils import timezone
from django.db import transaction
from printora_sandbox.models import Order, Session
paid = {"status": "paid", "payment_status": "paid", "items_amount": 1, "shipping_amount": 1}
paid["paid_at"] = timezone.now() - timedelta(days=1)
with transaction.atomic():
    for number in range(given):
        session = Session.objects.create(partner="partner_gone", idempotency_key=str(number))
        Order.objects.create(session=session, **paid)
"""


def test_orders_without_a_partner_do_not_block_others(api: Api, timed: SandboxProcess) -> None:
    run_script(timed, _ORPHANS, 60)
    visitor = _paid(api)
    _set(api, **AT_ONCE)
    deadline = time.monotonic() + 10
    statuses = {""}
    while statuses != {"delivered"}:
        assert time.monotonic() < deadline, statuses
        rows = api.http.get("/console/api/orders", params={"limit": 100}).json()["data"]["orders"]
        statuses = {row["status"] for row in rows}
        time.sleep(0.05)
    assert visitor.opened.id in {row["partnershipHistoryId"] for row in rows}


def _wait_until_sent(api: Api, count: int) -> None:
    deadline = time.monotonic() + 5
    query = {"status": "sent"}
    while len(api.get("/partners/webhook-logs", params=query).json()["data"]["logs"]) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_timer_survives_a_restart(receiver: Receiver) -> None:
    with SandboxProcess(webhook_url=receiver.url) as sandbox:
        api = Api(sandbox)
        _set(api, enabled=True, shipAfterSeconds=600)
        visitor = _paid(api)
        _wait_until_sent(api, 2)  # an interrupted attempt would wait until its claim expires
        sandbox.stop()
        sandbox.start()
        assert _timer(api) == {**OFF, "enabled": True, "shipAfterSeconds": 600}
        _set(api, **AT_ONCE)
        assert _events(receiver, visitor, 4) == ALL_FOUR


@pytest.mark.parametrize(
    "timer", [{"enabled": 1}, {"shipAfterSeconds": -1}, {"deliverAfterSeconds": 86_401}, {"on": 1}]
)
def test_invalid_timer_is_refused_and_named(api: Api, timer: dict[str, Any]) -> None:
    response = _set(api, **timer)
    assert response.status_code == 400
    assert response.json()["error"]["details"][0]["field"] == next(iter(timer))
    assert _timer(api) == OFF


def _submit(api: Api, **fields: str) -> httpx.Response:
    api.http.get("/console/fulfilment/")
    token = api.http.cookies["sandbox_csrf"]
    return api.http.post("/console/fulfilment/", data={"csrfmiddlewaretoken": token, **fields})


def test_form_sets_the_timer_and_every_page_shows_it(api: Api) -> None:
    times = {"ship_after_seconds": "300", "deliver_after_seconds": "400"}
    assert _submit(api, enabled="on", **times).status_code == 303
    for path in ("", "sessions/", "merch/", "deliveries/", "faults/"):
        assert "ships after 300 s, delivers after 400 s" in api.http.get(f"/console/{path}").text
    assert _submit(api, **times).status_code == 303
    assert _timer(api)["enabled"] is False
    assert "timer is on" not in api.http.get("/console/").text


def test_form_shows_an_invalid_number_again(api: Api) -> None:
    response = _submit(api, enabled="on", ship_after_seconds="-1", deliver_after_seconds="5")
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert _timer(api) == OFF
