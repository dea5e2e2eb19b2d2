"""Orders as CSV for a spreadsheet, without a cell that it would calculate."""

import csv
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import timezone

from orders.models import Order, OrderQuerySet
from orders.pagination import batches
from pages.exports import csv_cell

logger = logging.getLogger(__name__)

EMPTY = "No order matches: this export is empty."
# Servers end a response like a complete one when its generator fails.
CUT = "This export is cut off here: the database failed. Download it again."
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
    """Yield the file line by line; the memory that it takes does not grow with their number.

    The first rows are read before the first line is yielded, so that an error then is the caller's.
    A later one ends the file with a line that says so: the reader must not take it for complete.
    """
    writer = csv.writer(_Echo())
    read_batches = batches(orders)
    batch = next(read_batches, [])
    yield BYTE_ORDER_MARK + _line(writer, _COLUMNS)
    if not batch:
        yield _line(writer, [EMPTY])
    try:
        while batch:
            yield from (_row(writer, order) for order in batch)
            batch = next(read_batches, [])
    except Exception as error:  # noqa: BLE001 -- whatever it is, the file is not complete
        logger.error("CSV export of orders cut off: %s", type(error).__name__)  # noqa: TRY400 -- a traceback may hold data
        yield _line(writer, [CUT])


def file_name(subject: str) -> str:
    """Return `orders-2026-02-27.csv`."""
    return f"{subject}-{timezone.now():%Y-%m-%d}.csv"


def _row(writer: Any, order: Order) -> str:  # noqa: ANN401 -- csv names no type
    return _line(writer, [csv_cell(read(order)) for read in _COLUMNS.values()])


def _line(writer: Any, cells: Iterable[str]) -> str:  # noqa: ANN401 -- csv names no type
    line: str = writer.writerow(cells)
    return line
