import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def console(sandbox: SandboxProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{sandbox.url}/console", timeout=20) as client:
        yield client


@pytest.fixture
def paid_order(visitor: Visitor, receiver: Receiver) -> str:
    visitor.pay()
    order_id: str = receiver.wait_for(visitor.opened.id, 2)[1].json["data"]["orderId"]
    return order_id


def _step(console: httpx.Client, order: str, step: str, body: Any = None) -> httpx.Response:
    return console.post(f"/api/orders/{order}/{step}", json=body)


def test_order_is_shipped_and_delivered_by_script(
    console: httpx.Client, paid_order: str, visitor: Visitor, receiver: Receiver
) -> None:
    parcel = {"carrier": "DHL", "trackingNumber": "JD0146"}
    shipped = _step(console, paid_order, "ship", parcel)
    assert shipped.status_code == 200
    assert shipped.json()["data"]["status"] == "shipped"
    assert _step(console, paid_order, "deliver").json()["data"]["status"] == "delivered"
    hooks = receiver.wait_for(visitor.opened.id, 4)
    assert [hook.event for hook in hooks[2:]] == ["order.shipped", "order.delivered"]
    data = hooks[2].json["data"]
    assert (data["carrier"], data["trackingNumber"]) == ("DHL", "JD0146")
    assert data["trackingUrl"].endswith("AWB=JD0146")
    assert set(data) == {
        "orderId",
        "status",
        "trackingNumber",
        "carrier",
        "trackingUrl",
        "shippedAt",
    }
    assert set(hooks[3].json["data"]) == {"orderId", "status", "deliveredAt"}


def test_order_is_printed_without_a_webhook_and_shipped(
    console: httpx.Client, paid_order: str, visitor: Visitor, api: Api, receiver: Receiver
) -> None:
    assert _step(console, paid_order, "process").json()["data"]["status"] == "processing"
    query = {"status": "processing", "limit": 100}
    listed = api.get("/partners/orders", params=query).json()["data"]["orders"]
    assert {"processing"} == {order["status"] for order in listed if order["id"] == paid_order}
    assert _step(console, paid_order, "ship").json()["data"]["status"] == "shipped"
    hooks = receiver.wait_for(visitor.opened.id, 3)
    assert [hook.event for hook in hooks] == ["order.created", "order.paid", "order.shipped"]


def test_order_that_is_being_printed_can_be_cancelled(
    console: httpx.Client, paid_order: str
) -> None:
    _step(console, paid_order, "process")
    assert _step(console, paid_order, "cancel").json()["data"]["paymentStatus"] == "refunded"


def test_unpaid_order_is_not_printed(
    console: httpx.Client, visitor: Visitor, receiver: Receiver
) -> None:
    visitor.order()
    order = receiver.wait_for(visitor.opened.id, 1)[0].json["data"]["orderId"]
    assert _step(console, order, "process").status_code == 409


def test_button_starts_printing_and_disappears(console: httpx.Client, paid_order: str) -> None:
    action = f"/console/orders/{paid_order}/process/"
    assert action in console.get("/").text
    fields = {"csrfmiddlewaretoken": console.cookies["sandbox_csrf"]}
    response = console.post(f"/orders/{paid_order}/process/", data=fields)
    assert response.headers["location"] == f"/console/#order-{paid_order}"
    page = console.get("/").text
    assert action not in page
    assert f"/console/orders/{paid_order}/ship/" in page


def test_parcel_without_tracking_data_gets_some(console: httpx.Client, paid_order: str) -> None:
    data = _step(console, paid_order, "ship").json()["data"]
    assert data["carrier"] == "UPS"
    assert data["trackingNumber"].startswith("1Z")
    assert data["trackingNumber"] in data["trackingUrl"]


@pytest.mark.parametrize(
    ("done", "impossible"),
    [
        ((), "deliver"),
        (("process",), "process"),
        (("process",), "deliver"),
        (("ship",), "process"),
        (("cancel",), "process"),
        (("ship",), "ship"),
        (("ship",), "cancel"),
        (("ship", "deliver"), "cancel"),
        (("cancel",), "ship"),
        (("cancel",), "cancel"),
    ],
)
def test_impossible_step_answers_409_and_changes_nothing(
    console: httpx.Client, paid_order: str, done: tuple[str, ...], impossible: str
) -> None:
    for step in done:
        _step(console, paid_order, step)
    before = _order(console, paid_order)
    response = _step(console, paid_order, impossible)
    assert response.status_code == 409
    assert "can't be" in response.json()["error"]["message"]
    assert _order(console, paid_order) == before


def _order(console: httpx.Client, order_id: str) -> Any:
    orders = console.get("/api/orders", params={"limit": 100}).json()["data"]["orders"]
    return next(order for order in orders if order["id"] == order_id)


def test_cancelling_a_paid_order_refunds_it(console: httpx.Client, paid_order: str) -> None:
    data = _step(console, paid_order, "cancel").json()["data"]
    assert (data["status"], data["paymentStatus"]) == ("cancelled", "refunded")


def test_unknown_order_and_step_are_not_found(console: httpx.Client, paid_order: str) -> None:
    assert _step(console, str(uuid.uuid4()), "ship").status_code == 404
    assert _step(console, paid_order, "explode").status_code in (400, 404)


def test_console_pages_list_orders_sessions_and_deliveries(
    console: httpx.Client, paid_order: str, visitor: Visitor
) -> None:
    assert paid_order in console.get("/").text
    assert visitor.opened.id in console.get("/sessions/").text
    deliveries = console.get("/deliveries/").text
    assert "order.paid" in deliveries
    assert "HTTP 200" in deliveries


def test_buttons_ship_and_deliver(
    console: httpx.Client, paid_order: str, visitor: Visitor, receiver: Receiver
) -> None:
    page = console.get("/").text
    card = page[page.index(f"order-{paid_order}") :]
    number = re.search(r'name="tracking_number"[^>]*value="([^"]+)"', card)
    assert number
    for step in ("ship", "deliver"):
        fields = {
            "csrfmiddlewaretoken": console.cookies["sandbox_csrf"],
            "carrier": "UPS",
            "tracking_number": number[1],
        }
        response = console.post(f"/orders/{paid_order}/{step}/", data=fields)
        assert response.status_code == 303
        assert response.headers["location"] == f"/console/#order-{paid_order}"
    assert len(receiver.wait_for(visitor.opened.id, 4)) == 4


def test_button_pressed_too_late_shows_an_error(console: httpx.Client, paid_order: str) -> None:
    console.get("/")
    fields = {"csrfmiddlewaretoken": console.cookies["sandbox_csrf"]}
    response = console.post(f"/orders/{paid_order}/deliver/", data=fields)
    assert response.status_code == 409
    assert "can&#x27;t be delivered" in response.text


def test_send_again_repeats_the_same_bytes(
    console: httpx.Client, visitor: Visitor, receiver: Receiver
) -> None:
    visitor.order()
    receiver.wait_for(visitor.opened.id, 1)
    rows = console.get("/api/deliveries").json()["data"]["deliveries"]
    mine = next(row for row in rows if row["sessionId"] == visitor.opened.id)
    console.get("/deliveries/")
    fields = {"csrfmiddlewaretoken": console.cookies["sandbox_csrf"]}
    assert console.post(f"/deliveries/{mine['id']}/again/", data=fields).status_code == 303
    first, second = receiver.wait_for(visitor.opened.id, 2)
    assert first.body == second.body
    assert first.headers["x-printora-signature"] == second.headers["x-printora-signature"]


def test_other_sites_cannot_call_the_console_api(sandbox: SandboxProcess) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    response = httpx.post(f"{sandbox.url}/console/api/reset", headers=headers)
    assert response.status_code == 403


def test_console_api_shows_all_data_of_an_order(console: httpx.Client, paid_order: str) -> None:
    order = _order(console, paid_order)
    assert order["customer"]["firstName"] == "José"
    assert order["shippingAddress"]["zipCode"] == "97205"
    assert order["items"][0]["variant"] == "Navy / M"


def test_console_api_shows_a_session_with_its_link(console: httpx.Client, api: Api) -> None:
    opened = api.opened()
    rows = console.get("/api/sessions", params={"limit": 1}).json()["data"]["sessions"]
    assert rows[0]["sessionId"] == opened.id
    assert rows[0]["redirectUrl"] == opened.url
