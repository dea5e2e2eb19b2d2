"""Who looks at orders, and so whether their customers are masked.

An order is masked where it leaves the database (`CustomerMixin.from_db`). So no view, template,
admin page or export can forget it. A mask shows no part of the data, not even a first letter: the
letter of a name, a postcode and a date together often find one person.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from printora_integration.models import PrintSession

MASK = "•••"
OWN_PICTURE = "A visitor’s own picture"
OWN_PICTURE_PREFIX = "upload/"  # of the references that the gallery gives to uploads
PERMISSION = "orders.view_customer"

_viewer: ContextVar[Any] = ContextVar("viewer", default=None)


@contextmanager
def viewed_by(user: Any) -> Iterator[None]:  # noqa: ANN401 -- request.user
    """Name the user who looks at the orders that are read meanwhile."""
    token = _viewer.set(user)
    try:
        yield
    finally:
        _viewer.reset(token)


def masks_customers() -> bool:
    """Return whether orders are read for a member of staff who may not see customers.

    Visitors see their own orders; tasks and commands have no viewer, and need the data.
    """
    viewer = _viewer.get()
    return viewer is not None and viewer.is_staff and not viewer.has_perm(PERMISSION)


def masked(value: object) -> Any:  # noqa: ANN401 -- a column's value
    """Return a mask of the same kind as a value; what is empty or a time stays as it is."""
    if isinstance(value, str):
        return MASK if value else ""
    if isinstance(value, dict):
        return {"street": MASK} if value else {}
    if isinstance(value, list):  # items: what was bought is no secret, the picture may be
        return [{**item, "image_url": None} for item in value]
    return value


def mask_print_session(session: PrintSession) -> None:
    """Mask a print session in the same way: the title and the address of a visitor's own picture.

    The visitor wrote the title, and the reference gives access to the picture. Saves nothing.
    """
    if not masks_customers():
        return
    session.visitor = session.redirect_url = MASK
    if session.reference.startswith(OWN_PICTURE_PREFIX):
        session.title, session.reference = OWN_PICTURE, OWN_PICTURE_PREFIX + MASK
        session.image_url = session.back_url = ""
