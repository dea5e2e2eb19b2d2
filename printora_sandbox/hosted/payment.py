"""The payment page: pretended money, real consequences for the order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.fulfilment import CAN_GIVE_UP, WrongStateError, cancel, pay
from printora_sandbox.models import Order, OrderStatus, PaymentMethod
from printora_sandbox.models.session import LINK_TOKEN
from printora_sandbox.partners import partner_by_id
from printora_sandbox.pictures import picture_of

from .closed import unknown_link
from .ways_back import SeeOther, cancelled_url, declined_url, success_url

DECLINED = "declined"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be paid, or take the decision."""
    order = _find(token)
    if order is None:
        return unknown_link(request)
    if request.method == "POST":
        return SeeOther(_outcome(order, request.POST.get("pay", "")))
    item = order.items.get()  # the checkout sells one line
    context = {
        "order": order,
        "item": item,
        "picture": picture_of(item),
        "partner": partner_by_id(order.session.partner),
        "methods": PaymentMethod,
        "declined": DECLINED,
        "is_open": order.status == OrderStatus.PENDING,
        "way_back": _way_back(order),
    }
    return render(request, "sandbox/payment.html", context)


def _find(token: str) -> Order | None:
    if not LINK_TOKEN.fullmatch(token):
        return None
    return Order.objects.select_related("session").filter(payment_token=token).first()


def _outcome(order: Order, pressed: str) -> str:
    """Return where the button leads.

    A declined card changes nothing: the vendor knows no event for it, so the order stays pending
    and its payment page stays open for another try.
    """
    if pressed == DECLINED and order.status == OrderStatus.PENDING:
        return declined_url(order.session)
    return _way_back(order if pressed == DECLINED else _decide(order, pressed))


def _decide(order: Order, method: str) -> Order:
    """Pay or cancel; whoever presses twice gets the outcome of the first press."""
    try:
        if method in PaymentMethod.values:
            return pay(order.uuid, method=PaymentMethod(method))
        return cancel(order.uuid, allowed=CAN_GIVE_UP)
    except WrongStateError:
        return Order.objects.select_related("session").get(pk=order.pk)


def _way_back(order: Order) -> str:
    gone = order.status == OrderStatus.CANCELLED
    return cancelled_url(order.session) if gone else success_url(order)
