"""The pages of a link that has ended, or whose item can't be bought."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from printora_sandbox.mockups import Mockup
from printora_sandbox.models import Order, OrderStatus, Session, SessionMode, SessionStatus
from printora_sandbox.orders.checkout import Choice
from printora_sandbox.partners import all_partners, partner_by_id

from .callback_urls import cancelled_url, failed_url, order_callback_url
from .choice import choice_query


@dataclass(frozen=True, kw_only=True)
class Message:
    """The text of a page and its link to the next step."""

    status: HTTPStatus
    title: str
    text: str
    link: str
    link_text: str


def message_page(
    request: HttpRequest, message: Message, *, mockup: Mockup | None = None
) -> HttpResponse:
    """Show a message, and the mock-up of its item if there is one."""
    context = vars(message) | {"mockup": mockup}
    return render(request, "sandbox/message.html", context, status=message.status)


def unknown_link_page(request: HttpRequest) -> HttpResponse:
    """Respond with 404 to an unknown token."""
    partner = all_partners()[0]
    return message_page(
        request,
        Message(
            status=HTTPStatus.NOT_FOUND,
            title="We don't know this link",
            text="It may be incomplete. Go back and press “Print” once more to get a new one.",
            link=partner.home_url,
            link_text=f"Back to {partner.name}",
        ),
    )


def ended_session_page(request: HttpRequest, session: Session) -> HttpResponse:
    """Respond with 410 to the link of a session that was used, cancelled or has expired."""
    order: Order | None = getattr(session, "order", None)
    return message_page(request, _used_message(order) if order else _ended_message(session))


def not_for_sale_page(request: HttpRequest, session: Session) -> HttpResponse:
    """Respond with 410 if the chosen item is no longer for sale."""
    has_storefront = session.mode == SessionMode.CREATOR and session.is_open
    callback = failed_url(session, code="unavailable", message="The item is no longer for sale")
    return message_page(
        request,
        Message(
            status=HTTPStatus.GONE,
            title="This is no longer for sale",
            text="Its creator no longer sells it. Nothing was ordered.",
            link=_editor_url(session) if has_storefront else callback,
            link_text="See what else there is"
            if has_storefront
            else f"Back to {_partner_name(session)}",
        ),
    )


def out_of_stock_page(
    request: HttpRequest, session: Session, choice: Choice, *, remaining: int
) -> HttpResponse:
    """Respond with 409 to an order of more pieces than remain."""
    query = choice_query(replace(choice, quantity=max(remaining, 1)))
    return message_page(
        request,
        Message(
            status=HTTPStatus.CONFLICT,
            title=f"Only {remaining} left" if remaining else "Sold out",
            text="Another customer bought it while you were at the checkout. Nothing was ordered.",
            link=f"{_editor_url(session)}?{query}",
            link_text="Order what is left" if remaining else "Back to the item",
        ),
    )


def _editor_url(session: Session) -> str:
    return reverse("editor", args=[session.token])


def _partner_name(session: Session) -> str:
    return partner_by_id(session.partner).name


def _used_message(order: Order) -> Message:
    """Return the message of a link that already led to an order."""
    unpaid = order.status == OrderStatus.PENDING
    return Message(
        status=HTTPStatus.GONE,
        title="This link has already been used",
        text=f"It became order {order.number}. One link works for one order.",
        link=order.payment_url if unpaid else order_callback_url(order),
        link_text="Continue to payment" if unpaid else f"Back to {_partner_name(order.session)}",
    )


def _ended_message(session: Session) -> Message:
    expired = session.status == SessionStatus.EXPIRED
    expired_url = failed_url(session, code="expired", message="The session expired")
    return Message(
        status=HTTPStatus.GONE,
        title=_ended_title(session),
        text="Nothing was ordered. Go back and press “Print” once more to start again.",
        link=expired_url if expired else cancelled_url(session),
        link_text=f"Back to {_partner_name(session)}",
    )


def _ended_title(session: Session) -> str:
    if session.status == SessionStatus.EXPIRED:
        return "Your session has expired" if session.first_visited_at else "This link has expired"
    return "You cancelled this print" if _item_exists(session) else "This is no longer for sale"


def _item_exists(session: Session) -> bool:
    """Return whether the creator or the item of the session still exists."""
    if session.mode == SessionMode.CREATOR:
        return session.creator is not None
    return session.mode != SessionMode.MERCH or session.merch is not None
