"""List the orders that our sessions made, as Printora knows them."""

from django.core.management.base import CommandParser

from printora_integration.schemas.api import OrderStatus

from .options import Options, add_all, add_limit, records
from .output import Output

_COLUMNS = {
    "created": "createdAt",
    "order": "orderNumber",
    "status": "status",
    "total": "totalAmount",
    "": "currency",
    "id": "id",
    "session": "partnershipHistoryId",
}


def add_arguments(parser: CommandParser) -> None:
    """Declare which orders can be asked for."""
    parser.add_argument("--status", choices=[str(status) for status in OrderStatus])
    add_limit(parser)
    add_all(parser)


def run(options: Options, out: Output) -> None:
    """Print one page of orders, or all of them."""
    status, limit = options["status"], options["limit"]
    found = records(
        options,
        page=lambda client: client.orders.list(status=status, limit=limit).orders,
        everything=lambda client: client.orders.iterate(status=status),
    )
    out.rows(found, columns=_COLUMNS, none="Printora knows of no such order.")
