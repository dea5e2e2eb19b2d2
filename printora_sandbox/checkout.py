"""Placing an order: the moment a session turns into one."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from .catalog import Variant
from .events import announce
from .models import Event, Merch, Order, OrderItem, Session, SessionMode, SessionStatus
from .placement import AS_IT_FITS, Placement
from .stock import take_stock

FIRST_PIECE = Decimal("5.19")
EACH_FURTHER_PIECE = Decimal("1.50")


class LinkClosedError(Exception):
    """The session expired or was given up before the order was placed."""


class NotOfferedError(Exception):
    """The session doesn't offer what was chosen, or no longer."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the visitor wants, how many, and where on it the picture sits.

    ``merch`` is the creator's item in flow B; in flow C it goes without saying. Its own design
    says where its picture sits.
    """

    variant: Variant
    quantity: int
    placement: Placement = AS_IT_FITS
    merch: Merch | None = None

    @property
    def items_amount(self) -> Decimal:
        """The price of all pieces."""
        return self.variant.size.price * self.quantity

    @property
    def shipping_amount(self) -> Decimal:
        """What sending them costs: the first piece more than each further one."""
        return FIRST_PIECE + EACH_FURTHER_PIECE * (self.quantity - 1)

    @property
    def total_amount(self) -> Decimal:
        """What the visitor pays."""
        return self.items_amount + self.shipping_amount


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Who pays and where the parcel goes; ``country`` is an ISO 3166 alpha-2 code."""

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
    """Place the one order of a session, queue ``order.created`` and close the link.

    Placing it again returns the order that exists. Raises ``LinkClosedError`` when the session
    is over without one, ``NotOfferedError``, and ``SoldOutError`` when somebody was faster.
    """
    session = Session.objects.select_for_update().get(token=token)
    if existing := Order.objects.filter(session=session).first():
        return existing
    if not session.is_open or session.expires_at <= timezone.now():
        raise LinkClosedError
    choice = replace(choice, merch=choice.merch or session.merch)
    _check_offer(session, choice)
    if choice.merch:
        take_stock(choice.merch, choice.quantity)
    order = _save_order(session, choice, customer)
    session.status = SessionStatus.COMPLETED
    session.completed_at = order.created_at
    session.save(update_fields=("status", "completed_at"))
    announce(order, Event.CREATED)
    return order


def _check_offer(session: Session, choice: Choice) -> None:
    """Refuse what the session doesn't sell; flow A sells the whole catalog."""
    merch = choice.merch
    if merch is None:
        if session.mode != SessionMode.IMAGE:
            raise NotOfferedError
        return
    offered = {
        SessionMode.CREATOR: merch.creator_id == session.creator_id,
        SessionMode.MERCH: merch.pk == session.merch_id,
    }.get(SessionMode(session.mode), False)
    if not (offered and merch.is_on_sale and merch.variant(choice.variant.id)):
        raise NotOfferedError


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
