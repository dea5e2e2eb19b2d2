"""The buttons of the console."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from printora_sandbox.models import Delivery, Order
from printora_sandbox.orders.fulfilment import WrongStateError
from printora_sandbox.redirects import SeeOther
from printora_sandbox.webhooks import queue

from .forms import ParcelForm
from .pages import order_page
from .steps import STEPS, take_step


@require_POST
def move_order(request: HttpRequest, order_id: UUID, step: str) -> HttpResponse:
    """Take one step of an order and return to the list: print, ship, deliver or cancel."""
    if step not in STEPS:
        raise Http404
    parcel = ParcelForm(request.POST)
    if step == "ship" and not parcel.is_valid():
        return order_page(
            request, error_message=parcel.error_message(), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        take_step(order_id, step, parcel=parcel.cleaned_data if step == "ship" else {})
    except WrongStateError as error:
        return order_page(request, error_message=str(error), status=HTTPStatus.CONFLICT)
    except Order.DoesNotExist as error:
        raise Http404 from error
    return SeeOther(_list_url(request, "console", f"order-{order_id}"))


@require_POST
def send_again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Send a webhook again, with the same bytes and without a delay."""
    queue.send_again(get_object_or_404(Delivery, uuid=delivery_id))
    return SeeOther(_list_url(request, "console-deliveries", f"delivery-{delivery_id}"))


def _list_url(request: HttpRequest, name: str, anchor: str) -> str:
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return f"{reverse(name)}{query}#{anchor}"
