"""The checkout: a session becomes an order."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from printora_sandbox.catalog import Variant
from printora_sandbox.models import (
    Event,
    Merch,
    Order,
    OrderItem,
    Session,
    SessionMode,
    SessionStatus,
)
from printora_sandbox.placement import DEFAULT_PLACEMENT, Placement
from printora_sandbox.webhooks.events import enqueue_event

from .stock import reserve_stock

SHIPPING_FIRST_PIECE = Decimal("5.19")
SHIPPING_EXTRA_PIECE = Decimal("1.50")


class SessionEndedError(Exception):
    """A session that expired or was cancelled before its order was placed."""


class NotForSaleError(Exception):
    """A choice that the session does not offer, or no longer offers."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The visitor's choice: a variant, its quantity, and the placement of the picture.

    ``merch`` is the creator's item in flow B. In flow C the session already has the item. The
    placement of a merch item is part of its design.
    """

    variant: Variant
    quantity: int
    placement: Placement = DEFAULT_PLACEMENT
    merch: Merch | None = None

    @property
    def items_amount(self) -> Decimal:
        """The price of all pieces."""
        return self.variant.size.price * self.quantity

    @property
    def shipping_amount(self) -> Decimal:
        """The shipping price: the first piece costs more than each extra piece."""
        return SHIPPING_FIRST_PIECE + SHIPPING_EXTRA_PIECE * (self.quantity - 1)

    @property
    def total_amount(self) -> Decimal:
        """The price of the pieces and their shipping."""
        return self.items_amount + self.shipping_amount


@dataclass(frozen=True, kw_only=True)
class Customer:
    """A customer and a shipping address; ``country`` is an ISO 3166 alpha-2 code."""

    email: str
    first_name: str
    last_name: str
    phone: str
    street: str
    apartment: str
    city: str
    state: str
    zip_code: str
    country: str


@transaction.atomic
def place_order(*, token: str, choice: Choice, customer: Customer) -> Order:
    """Place the only order of a session, queue ``order.created`` and complete the session.

    A second call returns the existing order. Raises ``SessionEndedError`` if the session ended
    without an order, ``NotForSaleError``, and ``SoldOutError`` if another buyer was faster.
    """
    session = Session.objects.select_for_update().get(token=token)
    if existing := Order.objects.filter(session=session).first():
        return existing
    if not session.is_open or session.expires_at <= timezone.now():
        raise SessionEndedError
    choice = replace(choice, merch=choice.merch or session.merch)
    _check_for_sale(session, choice)
    if choice.merch:
        reserve_stock(choice.merch, choice.quantity)
    order = _save_order(session, choice, customer)
    session.status = SessionStatus.COMPLETED
    session.completed_at = order.created_at
    session.save(update_fields=("status", "completed_at"))
    enqueue_event(order, Event.CREATED)
    return order


def _check_for_sale(session: Session, choice: Choice) -> None:
    """Raise ``NotForSaleError`` if the session does not sell it; flow A sells the whole catalog."""
    merch = choice.merch
    if merch is None:
        if session.mode != SessionMode.IMAGE:
            raise NotForSaleError
        return
    offered = {
        SessionMode.CREATOR: merch.creator_id == session.creator_id,
        SessionMode.MERCH: merch.pk == session.merch_id,
    }.get(SessionMode(session.mode), False)
    if not (offered and merch.is_on_sale and merch.variant(choice.variant.id)):
        raise NotForSaleError


def _save_order(session: Session, choice: Choice, customer: Customer) -> Order:
    order = Order.objects.create(
        session=session,
        creator=session.creator,
        items_amount=choice.items_amount,
        shipping_amount=choice.shipping_amount,
        **vars(customer),
    )
    OrderItem.objects.create(
        order=order,
        merch=choice.merch,
        product=choice.variant.product.slug,
        product_name=choice.variant.product.name,
        variant=choice.variant.name,
        quantity=choice.quantity,
        price=choice.variant.size.price,
        image_url=choice.merch.design_image_url if choice.merch else session.image_url,
        placement=choice.placement.fields(),
    )
    return order
