"""The pages that Printora sends the visitor back to.

Anybody can write the query string of an address. These pages show what our own database knows, and
only to the visitor who began the session.
"""

import time
from http import HTTPStatus
from typing import TypedDict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.models import Order, Status
from printora_integration.models import PrintSession, PrintSessionQuerySet
from printora_integration.print_sessions.visitors import visitor_id
from vendor_kit.fields import parse_opaque_id

LONG_WAIT = 60  # seconds of waiting before the page says that it is safe to leave


class Context(TypedDict):
    """The context of the success page."""

    print: PrintSession | None
    order: Order | None
    state: str
    waited_long: bool
    poll_url: str
    refresh_url: str


@require_safe
@never_cache
def success(request: HttpRequest) -> HttpResponse:
    """Show whether Printora has confirmed this visitor's payment yet."""
    context = _context(request)
    _session_rows(context["print"]).mark_returned()
    status = HTTPStatus.NOT_FOUND if context["state"] == "unknown" else HTTPStatus.OK
    return render(request, "orders/callback_success.html", context, status=status)


@require_safe
@never_cache
def success_state(request: HttpRequest) -> HttpResponse:
    """Answer the waiting page: 204 while nothing is new, else the part that changed."""
    context = _context(request)
    shows_long_wait = "long" in request.GET
    if context["state"] == "waiting" and (shows_long_wait or not context["waited_long"]):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "orders/_callback_state.html", context)


@require_safe
@never_cache
def failed(request: HttpRequest) -> HttpResponse:
    """Show the way back to a visitor who did not pay, unless our database knows of a payment."""
    session = _own_session(request)
    order = _order_of(session)
    _mark_failure(session, request.GET.get("error_code", ""))
    context = {"print": session, "order": order, "state": _failed_state(request, session, order)}
    status = HTTPStatus.NOT_FOUND if session is None else HTTPStatus.OK
    return render(request, "orders/callback_failed.html", context, status=status)


def _mark_failure(session: PrintSession | None, code: str) -> None:
    """Save how the visit ended; a link that Printora closed is not offered again.

    After a declined card the session is still open: its one order can be paid in another way.
    """
    rows = _session_rows(session)
    if code == "cancelled":
        rows.mark_cancelled()
    elif code == "expired":
        rows.open().mark(PrintSession.Status.EXPIRED)
    else:
        rows.mark_returned()


def _session_rows(session: PrintSession | None) -> PrintSessionQuerySet:
    """Return the session as a queryset to be marked; an empty one without a session."""
    rows = PrintSession.objects.all()
    return rows.filter(pk=session.pk) if session else rows.none()


def _context(request: HttpRequest) -> Context:
    session = _own_session(request)
    order = _order_of(session)
    since = _waiting_since(request)
    waited_long = time.time() - since > LONG_WAIT
    query = {"sessionId": request.GET.get("sessionId", ""), "since": since}
    long_wait = {"long": 1} if waited_long else {}
    return {
        "print": session,
        "order": order,
        "state": "unknown" if session is None else _success_state(order),
        "waited_long": waited_long,
        "poll_url": f"{reverse('orders:callback_success_state')}?{urlencode(query | long_wait)}",
        "refresh_url": f"{reverse('orders:callback_success')}?{urlencode(query)}",
    }


def _own_session(request: HttpRequest) -> PrintSession | None:
    session_id = parse_opaque_id(request.GET.get("sessionId", ""))
    if session_id is None:
        return None
    return PrintSession.objects.filter(session_id=session_id, visitor=visitor_id(request)).first()


def _order_of(session: PrintSession | None) -> Order | None:
    if session is None:
        return None
    return Order.objects.filter(session_id=session.session_id).first()


def _success_state(order: Order | None) -> str:
    if order is None or order.status == Status.PENDING:
        return "waiting"
    return "confirmed" if order.is_confirmed else "cancelled"


def _failed_state(request: HttpRequest, session: PrintSession | None, order: Order | None) -> str:
    if session is None:
        return "unknown"
    if order is not None and order.is_confirmed:
        return "confirmed"
    if order is not None and order.status == Status.CANCELLED and order.was_paid:
        return "cancelled"
    # Our database does not know this difference; only the text of the page depends on it.
    return "stopped" if request.GET.get("error_code") == "cancelled" else "incomplete"


def _waiting_since(request: HttpRequest) -> int:
    """Return when the waiting began, in epoch seconds; the page passes it on."""
    value = request.GET.get("since", "")
    now = int(time.time())
    return min(int(value), now) if value.isdecimal() and len(value) < 12 else now
