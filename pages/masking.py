"""Who looks at a page, and so whether the customers on it are masked.

A row with a customer is masked where it leaves the database (`MaskedMixin.from_db`). So no view,
template, admin page or export can forget it. A mask shows no part of the data, not even a first
letter: the letter of a name, a postcode and a date together often find one person.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any, ClassVar, Self

from django.db import models
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

MASK = "•••"
PERMISSION = "orders.view_customer"

_viewer: ContextVar[Any] = ContextVar("viewer", default=None)


@contextmanager
def viewed_by(user: Any) -> Iterator[None]:  # noqa: ANN401 -- request.user
    """Name the user who looks at the rows that are read meanwhile."""
    token = _viewer.set(user)
    try:
        yield
    finally:
        _viewer.reset(token)


def masks_customers() -> bool:
    """Return whether rows are read for a member of staff who may not see customers.

    Visitors see their own orders; tasks and commands have no viewer, and need the data.
    """
    viewer = _viewer.get()
    return viewer is not None and viewer.is_staff and not viewer.has_perm(PERMISSION)


def masking_note() -> str:
    """Return what the audit log says of an export whose customers are masked, else ""."""
    return ", customers masked" if masks_customers() else ""


def masked(value: object) -> Any:  # noqa: ANN401 -- a column's value
    """Return a mask of the same kind as a value; what is empty or a time stays as it is."""
    if isinstance(value, str):
        return MASK if value else ""
    if isinstance(value, dict):
        return {"street": MASK} if value else {}
    if isinstance(value, list):  # items: what was bought is no secret, the picture may be
        return [{**item, "image_url": None} for item in value]
    return value


class MaskedMixin(models.Model):
    """A model with columns about a customer, masked for staff who may not see customers."""

    personal_columns: ClassVar[set[str]]
    customer_is_masked = False

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        """Save the row; raises RuntimeError rather than saving a mask in place of the data."""
        columns = self.personal_columns if update_fields is None else {*update_fields}
        if self.customer_is_masked and columns & self.personal_columns:
            raise RuntimeError("A masked row cannot be saved: the mask would replace the data.")
        super().save(update_fields=update_fields, **options)

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **options: Any,  # noqa: ANN401 -- Django 6 has one more
    ) -> Self:
        """Return the row, masked for staff who may not see customers."""
        row = super().from_db(db, field_names, values, **options)
        if masks_customers():
            row.mask_customer()
        return row

    def mask_customer(self) -> None:
        """Replace the customer's data in this object, for showing it; they cannot be saved."""
        self.customer_is_masked = True
        for name in self.personal_columns & vars(self).keys():
            setattr(self, name, masked(getattr(self, name)))


class CustomerMaskingMiddleware:
    """Middleware that names the request's user as the viewer of all rows that it reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with orders as this user may see them, also those of a streamed response."""
        with viewed_by(request.user):
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                context, chunks = copy_context(), iter(response.streaming_content)
                response.streaming_content = iter(lambda: context.run(next, chunks, None), None)
        return response
