"""The pages of a link that leads nowhere any more."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from printora_sandbox.models import Order, OrderStatus, Session, SessionStatus
from printora_sandbox.partners import all_partners, partner_by_id

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
    return _page(
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
    return _page(request, _ordered(order) if order else _ended(session))


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
        title="This link has expired" if expired else "You left this print",
        text="Nothing was ordered. Go back and press “Print” once more to start again.",
        link=over if expired else cancelled_url(session),
        link_text=f"Back to {_name(session)}",
    )


def _name(session: Session) -> str:
    return partner_by_id(session.partner).name


def _page(request: HttpRequest, notice: Notice) -> HttpResponse:
    return render(request, "sandbox/message.html", vars(notice), status=notice.status)
