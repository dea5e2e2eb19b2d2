"""Write orders as CSV that a spreadsheet opens and cannot be made to calculate."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import timezone

from staff.exports import csv_cell

from .models import Order, OrderQuerySet
from .paging import batches

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


class _Line:
    """Be the file that csv.writer writes to: hand the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(orders: OrderQuerySet) -> Iterator[str]:
    """Yield the file line by line; it takes no more memory for a million orders than for one."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + _written(writer, _COLUMNS)
    for batch in batches(orders):
        for order in batch:
            yield _written(writer, [csv_cell(read(order)) for read in _COLUMNS.values()])


def file_name(what: str) -> str:
    """Return `orders-2026-02-27.csv`."""
    return f"{what}-{timezone.now():%Y-%m-%d}.csv"


def _written(writer: Any, cells: Iterable[str]) -> str:  # noqa: ANN401 -- csv names no type
    line: str = writer.writerow(cells)
    return line
