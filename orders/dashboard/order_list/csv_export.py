"""Orders as CSV for a spreadsheet, without a cell that it would calculate."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import timezone

from orders.models import Order, OrderQuerySet
from orders.pagination import batches
from pages.exports import csv_cell

BYTE_ORDER_MARK = "\ufeff"  # or Excel reads the file as Latin-1

_COLUMNS: dict[str, Callable[[Order], Any]] = {
    "order_number": lambda order: order.order_number,
    "order_id": lambda order: order.order_id,
    "session_id": lambda order: order.session_id,
    "status": lambda order: order.status,
    "payment_status": lambda order: order.payment_status,
    "payment_method": lambda order: order.payment_method,
    "total_amount": lambda order: order.total_amount,
    "currency": lambda order: order.currency,
    "creator": lambda order: order.creator.get("name"),
    "customer": lambda order: order.customer_name,
    "customer_email": lambda order: order.customer_email,
    "carrier": lambda order: order.carrier,
    "tracking_number": lambda order: order.tracking_number,
    "ordered_at": lambda order: order.ordered_at,
    "paid_at": lambda order: order.paid_at,
    "shipped_at": lambda order: order.shipped_at,
    "delivered_at": lambda order: order.delivered_at,
    "cancelled_at": lambda order: order.cancelled_at,
    "first_seen_at": lambda order: order.first_seen_at,
    "flags": lambda order: " ".join(map(str, order.flags)),
}


class _Echo:
    """A file for csv.writer whose `write` returns the line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(orders: OrderQuerySet) -> Iterator[str]:
    """Yield the file line by line; the memory that it takes does not grow with their number."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + _line(writer, _COLUMNS)
    for batch in batches(orders):
        for order in batch:
            yield _line(writer, [csv_cell(read(order)) for read in _COLUMNS.values()])


def file_name(subject: str) -> str:
    """Return `orders-2026-02-27.csv`."""
    return f"{subject}-{timezone.now():%Y-%m-%d}.csv"


def _line(writer: Any, cells: Iterable[str]) -> str:  # noqa: ANN401 -- csv names no type
    line: str = writer.writerow(cells)
    return line
