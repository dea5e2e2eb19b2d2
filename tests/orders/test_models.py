"""What an order says of itself on the pages that show it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from orders.models import Order, Status
from orders.templatetags.money import money
from printora_integration.schemas.webhooks import EventType
from tests.orders.merging import merged_order
from tests.orders.stories import FULL


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (Decimal("20.1000"), "USD", "20.10 USD"),
        (Decimal(0), "EUR", "0.00 EUR"),
        (Decimal("1234567.5"), "USD", "1,234,567.50 USD"),
        (Decimal("0.0005"), "BTC", "0.0005 BTC"),
        (Decimal("9999999999.9999"), "USD", "9,999,999,999.9999 USD"),
        ("12.59", "USD", "12.59 USD"),
        (Decimal(7), "", "7.00"),
        (None, "USD", ""),
        ("", "USD", ""),
        ("dear", "USD", ""),
    ],
)
def test_money_is_written_exactly(amount: object, currency: str, written: str) -> None:
    assert money(amount, currency) == written


def states(order: Order) -> str:
    return " ".join(step["state"] for step in order.steps)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PENDING, "current todo todo todo todo"),
        (Status.PAID, "done current todo todo todo"),
        (Status.PROCESSING, "done done current todo todo"),
        (Status.SHIPPED, "done done done current todo"),
        (Status.DELIVERED, "done done done done done"),
    ],
)
def test_steps_show_how_far_an_order_is(status: Status, expected: str) -> None:
    assert states(Order(status=status)) == expected


def test_steps_of_a_cancelled_order_end_where_it_was_cancelled() -> None:
    order = merged_order(FULL, [EventType.CREATED, EventType.CANCELLED])
    assert states(order) == "done todo todo todo todo"


@pytest.mark.parametrize(
    ("status", "confirmed"),
    [(status, status not in {Status.PENDING, Status.CANCELLED}) for status in Status],
)
def test_order_is_confirmed_from_paid_on_unless_cancelled(status: Status, confirmed: bool) -> None:
    assert Order(status=status).is_confirmed is confirmed


def test_address_is_written_as_on_a_parcel() -> None:
    assert merged_order(FULL, [EventType.PAID]).address_lines == [
        "Grace Hopper",
        "1 Compiler Way",
        "4",
        "22201 Arlington",
        "VA",
        "US",
    ]


def test_address_with_gaps_has_no_empty_lines() -> None:
    order = Order(shipping_address={"city": "Arlington", "last_name": "Hopper"})
    assert order.address_lines == ["Hopper", "Arlington"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/relative", ""])
def test_tracking_address_that_no_browser_should_follow_is_not_offered(url: str) -> None:
    assert Order(tracking_url=url).safe_tracking_url == ""


def test_order_is_named_by_its_number_or_else_its_id() -> None:
    assert str(Order(order_id="ord_1")) == "ord_1"
    assert str(Order(order_id="ord_1", order_number="PR-1")) == "PR-1"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"status": "lost"}, {"total_amount": Decimal(-1)}])
def test_database_refuses_an_order_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.create(session_id="s1", order_id="o1", **wrong)
