"""The pages of a link that leads nowhere any more, or not to what was wanted."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from printora_sandbox.checkout import Choice
from printora_sandbox.models import Order, OrderStatus, Session, SessionMode, SessionStatus
from printora_sandbox.partners import all_partners, partner_by_id
from printora_sandbox.pictures import Picture

from .choice import query_of
from .ways_back import cancelled_url, failed_url, success_url


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What to say, and where to go from here."""

    status: int
    title: str
    text: str
    link: str
    link_text: str


def unknown_link(request: HttpRequest) -> HttpResponse:
    """Answer 404 to a token that was never given out."""
    partner = all_partners()[0]
    return notice_page(
        request,
        Notice(
            status=404,
            title="We don't know this link",
            text="It may be incomplete. Go back and press “Print” once more to get a new one.",
            link=partner.home_url,
            link_text=f"Back to {partner.name}",
        ),
    )


def closed_link(request: HttpRequest, session: Session) -> HttpResponse:
    """Answer 410 to a link that has done its work or run out."""
    order: Order | None = getattr(session, "order", None)
    return notice_page(request, _ordered(order) if order else _ended(session))


def not_for_sale(request: HttpRequest, session: Session) -> HttpResponse:
    """Answer 410 where the item that was wanted is no longer offered."""
    from_shelf = session.mode == SessionMode.CREATOR and session.is_open
    back = failed_url(session, code="unavailable", message="The item is no longer for sale")
    return notice_page(
        request,
        Notice(
            status=410,
            title="This is no longer for sale",
            text="Its creator has taken it off the shelf. Nothing was ordered.",
            link=_editor(session) if from_shelf else back,
            link_text="See what else there is" if from_shelf else f"Back to {_name(session)}",
        ),
    )


def not_enough_left(
    request: HttpRequest, session: Session, choice: Choice, *, remaining: int
) -> HttpResponse:
    """Answer 409 to an order that somebody else was faster than."""
    left = f"Only {remaining} left" if remaining else "Sold out"
    query = query_of(replace(choice, quantity=max(remaining, 1)))
    return notice_page(
        request,
        Notice(
            status=409,
            title=left,
            text="Somebody was faster while you were at the checkout. Nothing was ordered.",
            link=f"{_editor(session)}?{query}",
            link_text="Order what is left" if remaining else "Back to the item",
        ),
    )


def _editor(session: Session) -> str:
    return reverse("editor", args=[session.token])


def _ordered(order: Order) -> Notice:
    """Say that the link bought something already, and lead on to where it stands."""
    waits = order.status == OrderStatus.PENDING
    return Notice(
        status=410,
        title="This link has already been used",
        text=f"It became order {order.number}. One link is good for one order.",
        link=order.payment_url if waits else _way_back(order),
        link_text="Continue to payment" if waits else f"Back to {_name(order.session)}",
    )


def _way_back(order: Order) -> str:
    gone = order.status == OrderStatus.CANCELLED
    return cancelled_url(order.session) if gone else success_url(order)


def _ended(session: Session) -> Notice:
    expired = session.status == SessionStatus.EXPIRED
    over = failed_url(session, code="expired", message="The session expired")
    return Notice(
        status=410,
        title=_why_it_ended(session),
        text="Nothing was ordered. Go back and press “Print” once more to start again.",
        link=over if expired else cancelled_url(session),
        link_text=f"Back to {_name(session)}",
    )


def _why_it_ended(session: Session) -> str:
    """Tell a link that nobody followed in time from a visit that took too long."""
    if session.status != SessionStatus.EXPIRED:
        return "You left this print" if _goods_are_there(session) else "This is no longer for sale"
    return "Your session has expired" if session.first_visited_at else "This link has expired"


def _goods_are_there(session: Session) -> bool:
    """Say whether the creator or the item that the session was opened for still exists."""
    if session.mode == SessionMode.CREATOR:
        return session.creator is not None
    return session.mode != SessionMode.MERCH or session.merch is not None


def _name(session: Session) -> str:
    return partner_by_id(session.partner).name


def notice_page(
    request: HttpRequest, notice: Notice, *, picture: Picture | None = None
) -> HttpResponse:
    """Show a notice, and what it is about if there is a picture of it."""
    context = vars(notice) | {"picture": picture}
    return render(request, "sandbox/message.html", context, status=notice.status)
