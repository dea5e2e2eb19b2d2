"""The columns that events write."""

from typing import Any

from orders.models import Order

# What differs between two rows without either being wrong.
OF_THE_ROW = {"id", "session_id", "first_seen_at", "updated_at"}

OF_PEOPLE = {"flags_seen", "flags_seen_at", "flags_seen_by", "anonymised_at"}

BY_THE_DATABASE = {"order_number_lower", "customer_email_lower"}


def event_columns(order: Order) -> dict[str, Any]:
    """Return every column that an event may have written; flags in any order."""
    columns = [field.attname for field in Order._meta.concrete_fields]
    row = {
        name: getattr(order, name)
        for name in columns
        if name not in OF_THE_ROW | OF_PEOPLE | BY_THE_DATABASE
    }
    return row | {"flags": sorted(order.flags)}
