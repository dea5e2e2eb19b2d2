import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import ADDRESS, CHOICE, Api, Opened, Visitor
from tests.sandbox_process import SandboxProcess


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_paid_journey_sends_two_webhooks_and_redirects_to_the_partner(
    api: Api, opened: Opened, visitor: Visitor, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    page = visitor.look(**CHOICE)
    assert "Classic T-Shirt" in page.text
    assert 'href="http://localhost:8000/media/picture.jpg"' in page.text

    back = visitor.pay("stripe")
    assert back.status_code == 303
    created, paid = receiver.wait_for(opened.id, 2)

    order_id = paid.json["data"]["orderId"]
    location = back.headers["location"]
    assert location.startswith("http://localhost:8000/callback/success/?")
    assert _query(location) == {"from": "print", "sessionId": opened.id, "orderId": order_id}
    assert [created.event, paid.event] == ["order.created", "order.paid"]
    assert created.is_signed_with(sandbox.secret)
    assert paid.is_signed_with(sandbox.secret)


def test_order_created_has_the_documented_data(visitor: Visitor, receiver: Receiver) -> None:
    payment_url = visitor.payment_page()
    (created,) = receiver.wait_for(visitor.opened.id, 1)
    assert set(created.json) == {"sessionId", "event", "timestamp", "data"}
    data = created.json["data"]
    assert data["paymentUrl"] == payment_url
    assert re.fullmatch(r"PRT-\d{4}-\d{6}", data["orderNumber"])
    assert (data["status"], data["paymentStatus"]) == ("pending", "pending")
    assert (data["totalAmount"], data["currency"]) == (25.18, "USD")
    assert data["creator"] is None
    assert data["createdAt"].endswith("Z")


def test_order_paid_has_the_documented_data(visitor: Visitor, receiver: Receiver) -> None:
    visitor.pay("nowpayments")
    paid = receiver.wait_for(visitor.opened.id, 2)[1]
    assert b'"totalAmount":25.18' in paid.body
    assert "José".encode() in paid.body
    data = paid.json["data"]
    assert (data["status"], data["paymentStatus"]) == ("paid", "paid")
    assert data["paymentMethod"] == "nowpayments"
    assert data["paidAt"].endswith("Z")
    assert data["partnerImageUrl"] == "http://localhost:8000/media/picture.jpg"
    assert data["customer"] == {
        "email": "jose@example.com",
        "firstName": "José",
        "lastName": "Ångström",
        "phone": "+1 503 555 0100",
    }
    assert data["items"] == [
        {
            "productName": "Classic T-Shirt",
            "quantity": 1,
            "price": 19.99,
            "variant": "Navy / M",
            "imageUrl": "http://localhost:8000/media/picture.jpg",
        }
    ]
    assert data["shippingAddress"] == {
        "firstName": "José",
        "lastName": "Ångström",
        "street": "12 Pine Street",
        "apartment": "4B",
        "city": "Portland",
        "state": "OR",
        "zipCode": "97205",
        "country": "US",
    }


def test_webhook_has_only_the_documented_headers(visitor: Visitor, receiver: Receiver) -> None:
    visitor.order()
    (created,) = receiver.wait_for(visitor.opened.id, 1)
    assert created.path == "/webhooks/printora/"
    assert created.headers["content-type"] == "application/json"
    assert created.headers["user-agent"] == "Printora-Webhook/1.0"
    assert re.fullmatch("sha256=[0-9a-f]{64}", created.headers["x-printora-signature"])
    assert set(created.headers) == {
        "host",
        "content-length",
        "content-type",
        "user-agent",
        "x-printora-signature",
    }


def test_cancel_before_ordering_sends_the_visitor_to_the_failed_url(
    api: Api, opened: Opened, visitor: Visitor, receiver: Receiver
) -> None:
    back = visitor.leave()
    assert back.status_code == 303
    query = _query(back.headers["location"])
    assert back.headers["location"].startswith("http://localhost:8000/callback/failed/?")
    assert (query["sessionId"], query["error_code"]) == (opened.id, "cancelled")
    assert query["error_message"]
    assert api.status(opened) == "cancelled"
    assert receiver.of(opened.id) == []


def test_cancel_on_the_payment_page_cancels_the_order(visitor: Visitor, receiver: Receiver) -> None:
    back = visitor.pay("")
    assert _query(back.headers["location"])["error_code"] == "cancelled"
    events = receiver.wait_for(visitor.opened.id, 2)
    assert [webhook.event for webhook in events] == ["order.created", "order.cancelled"]
    assert events[1].json["data"]["status"] == "cancelled"


def test_paying_twice_pays_once(visitor: Visitor, receiver: Receiver) -> None:
    url = visitor.payment_page()
    responses = [
        visitor.post(url, pay=method) for method in ("stripe", "stripe", "nowpayments", "")
    ]
    assert {response.status_code for response in responses} == {303}
    assert len({response.headers["location"] for response in responses}) == 1
    receiver.wait_for(visitor.opened.id, 2)
    visitor.http.get(url)
    assert [hook.event for hook in receiver.of(visitor.opened.id)] == [
        "order.created",
        "order.paid",
    ]


def test_paying_and_cancelling_at_once_has_one_result(visitor: Visitor, receiver: Receiver) -> None:
    url = visitor.payment_page()
    with ThreadPoolExecutor(4) as pool:
        presses = [pool.submit(visitor.post, url, pay=method) for method in ("stripe", "") * 2]
        locations = {press.result().headers["location"].split("?")[0] for press in presses}
    assert len(locations) == 1
    receiver.wait_for(visitor.opened.id, 2)
    visitor.http.get(url)
    assert len(receiver.of(visitor.opened.id)) == 2


def test_ordering_twice_creates_one_order(visitor: Visitor, receiver: Receiver) -> None:
    first, second = (
        visitor.order(),
        visitor.post(f"{visitor.opened.url}/checkout", **CHOICE, **ADDRESS),
    )
    assert first.headers["location"] == second.headers["location"]
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(receiver.wait_for(visitor.opened.id, 1)) == 1


@pytest.mark.parametrize("last", ["stripe", ""])
def test_link_of_an_ended_journey_is_gone(visitor: Visitor, last: str) -> None:
    visitor.pay(last)
    for path in ("", "/checkout"):
        page = visitor.look(path)
        assert page.status_code == 410
        assert "Back to DreamCanvas" in page.text


def test_link_with_an_unpaid_order_shows_the_payment_link(visitor: Visitor) -> None:
    url = visitor.payment_page()
    page = visitor.look()
    assert page.status_code == 410
    assert url in page.text


@pytest.mark.parametrize("path", ["print/unknown", "print/unknown/checkout", "pay/unknown"])
def test_unknown_token_gets_a_plain_404_page(sandbox: SandboxProcess, api: Api, path: str) -> None:
    page = api.http.get(f"/en/{path}")
    assert page.status_code == 404
    assert "Back to DreamCanvas" in page.text


def test_declined_card_redirects_with_a_reason_and_can_be_tried_again(
    api: Api, visitor: Visitor, receiver: Receiver
) -> None:
    page = visitor.payment_page()
    assert "Pay with a card that is declined (pretend)" in visitor.http.get(page).text
    declined = visitor.post(page, pay="declined")
    assert declined.status_code == 303
    back = declined.headers["location"]
    assert back.startswith("http://localhost:8000/callback/failed/?")
    assert f"sessionId={visitor.opened.id}" in back
    assert "error_code=card_declined&error_message=The+card+was+declined" in back
    order = api.get(f"/partner-session/{visitor.opened.id}").json()["data"]["order"]
    assert order["status"] == "pending"
    assert "/callback/success/" in visitor.post(page, pay="stripe").headers["location"]
    events = [hook.event for hook in receiver.wait_for(visitor.opened.id, 2)]
    assert events == ["order.created", "order.paid"]
    assert "/callback/success/" in visitor.post(page, pay="declined").headers["location"]
