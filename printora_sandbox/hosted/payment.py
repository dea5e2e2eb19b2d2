"""The payment page: the payment is pretended, its effect on the order is real."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.mockups import mockup_of_item
from printora_sandbox.models import Order, OrderStatus, PaymentMethod
from printora_sandbox.models.session import LINK_TOKEN_PATTERN
from printora_sandbox.orders.fulfilment import CAN_CANCEL_UNPAID, WrongStateError, cancel, pay
from printora_sandbox.partners import partner_by_id
from printora_sandbox.redirects import SeeOther

from .callback_urls import declined_url, order_callback_url
from .error_pages import unknown_link_page

DECLINED = "declined"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the amount to pay, or process the pressed button."""
    order = _find(token)
    if order is None:
        return unknown_link_page(request)
    if request.method == "POST":
        return SeeOther(_process(order, request.POST.get("pay", "")))
    item = order.items.get()  # the checkout creates orders of one item
    context = {
        "order": order,
        "item": item,
        "mockup": mockup_of_item(item),
        "partner": partner_by_id(order.session.partner),
        "methods": PaymentMethod,
        "declined": DECLINED,
        "is_open": order.status == OrderStatus.PENDING,
        "callback_url": order_callback_url(order),
    }
    return render(request, "sandbox/payment.html", context)


def _find(token: str) -> Order | None:
    if not LINK_TOKEN_PATTERN.fullmatch(token):
        return None
    return Order.objects.select_related("session").filter(payment_token=token).first()


def _process(order: Order, button: str) -> str:
    """Pay, decline or cancel the order and return the callback URL.

    A declined card changes nothing: the vendor has no event for it. The order stays pending and
    its payment page stays open for another attempt.
    """
    if button == DECLINED and order.status == OrderStatus.PENDING:
        return declined_url(order.session)
    return order_callback_url(order if button == DECLINED else _pay_or_cancel(order, button))


def _pay_or_cancel(order: Order, method: str) -> Order:
    """Pay or cancel the order; a second press returns the result of the first one."""
    try:
        if method in PaymentMethod.values:
            return pay(order.uuid, method=PaymentMethod(method))
        return cancel(order.uuid, allowed=CAN_CANCEL_UNPAID)
    except WrongStateError:
        return Order.objects.select_related("session").get(pk=order.pk)
