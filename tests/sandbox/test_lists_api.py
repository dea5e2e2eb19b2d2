import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import Api, Visitor


def test_orders_are_paged_newest_first(api: Api) -> None:
    ids = []
    for _ in range(3):
        opened = api.opened()
        Visitor(opened).order()
        ids.append(opened.id)
    data = api.get("/partners/orders", params={"limit": 2}).json()["data"]
    assert [order["partnershipHistoryId"] for order in data["orders"]] == [ids[2], ids[1]]
    assert data["pagination"]["limit"] == 2
    assert data["pagination"]["hasMore"] is True
    rest = api.get("/partners/orders", params={"limit": 2, "offset": 2}).json()["data"]
    assert rest["orders"][0]["partnershipHistoryId"] == ids[0]


def test_listed_order_has_the_documented_fields_only(api: Api, visitor: Visitor) -> None:
    visitor.order()
    order = api.get("/partners/orders", params={"limit": 1}).json()["data"]["orders"][0]
    assert set(order) == {
        "id",
        "orderNumber",
        "status",
        "totalAmount",
        "currency",
        "source",
        "partnershipHistoryId",
        "createdAt",
        "updatedAt",
    }
    assert order["orderNumber"].startswith("PRT-20")


def test_orders_are_filtered_by_status(api: Api, visitor: Visitor) -> None:
    visitor.pay()
    found = api.get("/partners/orders", params={"status": "paid"}).json()["data"]["orders"]
    assert found
    assert {order["status"] for order in found} == {"paid"}


def test_webhook_log_shows_a_delivery(api: Api, visitor: Visitor, receiver: Receiver) -> None:
    visitor.order()
    receiver.wait_for(visitor.opened.id, 1)
    query = {"event_type": "order.created", "status": "sent", "limit": 100}
    for _ in range(50):  # the sandbox records the response a moment after it arrives
        logs = api.get("/partners/webhook-logs", params=query).json()["data"]["logs"]
        mine = [log for log in logs if log["partnershipHistoryId"] == visitor.opened.id]
        if mine:
            break
    assert set(mine[0]) == {
        "id",
        "eventType",
        "status",
        "httpStatusCode",
        "attemptCount",
        "lastAttemptAt",
        "nextRetryAt",
        "responseData",
        "errorMessage",
        "orderId",
        "partnershipHistoryId",
        "createdAt",
    }
    assert mine[0]["httpStatusCode"] == 200
    assert mine[0]["attemptCount"] == 1
    assert mine[0]["responseData"] == {"received": True, "duplicate": False}
    assert mine[0]["nextRetryAt"] is None
    assert mine[0]["errorMessage"] is None


@pytest.mark.parametrize("path", ["/partners/orders", "/partners/webhook-logs"])
@pytest.mark.parametrize(
    "query",
    [
        {"limit": "101"},
        {"limit": "0"},
        {"limit": "x"},
        {"offset": "-1"},
        {"offset": "9" * 30},
        {"status": "lost"},
        {"status": "\0"},
    ],
)
def test_impossible_page_is_a_validation_error(api: Api, path: str, query: dict[str, str]) -> None:
    response = api.get(path, params=query)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"
    assert response.json()["error"]["details"][0]["field"] == next(iter(query))
