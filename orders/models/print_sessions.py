"""Orders and the print sessions that they came from, joined for a page in one query."""

from django.db.models import QuerySet

from pages.masking import MASK, masks_customers
from printora_integration.models import PrintSession

from .order import Order

OWN_PICTURE = "A visitor’s own picture"
OWN_PICTURE_PREFIX = "upload/"  # of the references that the gallery gives to uploads


def attach_print_sessions(orders: list[Order]) -> None:
    """Give each order its `print`: the PrintSession it came from, or None; one query for all.

    A session whose visitor's data was erased has no picture to show any more, and is left out.
    """
    sessions = PrintSession.objects.in_bulk(
        [order.session_id for order in orders], field_name="session_id"
    )
    for order in orders:
        session = sessions.get(order.session_id)
        order.print = session if session and session.visitor else None  # type: ignore[attr-defined]
        if session:
            mask_print_session(session)


def attach_orders(sessions: list[PrintSession], orders: QuerySet[Order]) -> None:
    """Give each print session its `order` out of these, or None; one query for all."""
    ids = [session.session_id for session in sessions if session.session_id]
    found = orders.in_bulk(ids, field_name="session_id")
    for session in sessions:
        session.order = found.get(session.session_id or "")  # type: ignore[attr-defined]


def mask_print_session(session: PrintSession) -> None:
    """Mask a print session for staff who may not see customers; saves nothing.

    The visitor wrote the title of an own picture, and its reference gives access to it.
    """
    if not masks_customers():
        return
    session.visitor = session.redirect_url = MASK
    if session.reference.startswith(OWN_PICTURE_PREFIX):
        session.title, session.reference = OWN_PICTURE, OWN_PICTURE_PREFIX + MASK
        session.image_url = session.back_url = ""
