"""Orders for the tests of the dashboard, and what its list shows."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orders.models import Order, Status
from printora_integration.models import PrintSession

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


DASHBOARD = "/dashboard/"

NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


def make_orders(count: int) -> None:
    """Make orders of every status, each with the session and the event that it came from."""
    statuses = list(Status)
    for number in range(count):
        session_id = f"sess_{number:03}"
        Order.objects.create(
            session_id=session_id,
            order_id=f"ord_{number:03}",
            order_number=f"PR-{number:03}",
            status=statuses[number % len(statuses)],
            customer_email=f"customer{number:03}@example.com",
            total_amount=number,
            currency="USD",
            items=[{"product_name": "Mug"}],
        )
        PrintSession.objects.create(
            visitor=f"v{number}", reference="dune", title="Dune", session_id=session_id
        )


def listed(response: "Response") -> list[str]:
    return [order.order_id for order in response.context["page"].object_list]
