"""The console's lists: the content of the sandbox, newest first."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from printora_sandbox.mockups import mockup_of_merch
from printora_sandbox.models import AutoFulfil, Delivery, Faults, Merch, Order, Session
from printora_sandbox.partners import all_partners

from .steps import OrderCard

PER_PAGE = 50

M = TypeVar("M", bound=Model)


@never_cache
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """List orders, each with the steps that its state allows."""
    return order_page(request)


def order_page(
    request: HttpRequest, *, error_message: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show the orders; ``error_message`` is the reason why the last step failed."""
    rows = Order.objects.select_related("session").prefetch_related("items")
    page = _page(request, rows)
    context = {
        "tab": "orders",
        "page": page,
        "cards": [OrderCard(order) for order in page],
        "error_message": error_message,
    }
    return render_page(request, "sandbox/console/orders.html", context, status=status)


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List sessions."""
    rows = Session.objects.expire_overdue().with_related()
    return render_page(
        request, "sandbox/console/sessions.html", {"tab": "sessions", "page": _page(request, rows)}
    )


@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """List webhooks with all their attempts."""
    rows = Delivery.objects.with_attempts()
    return render_page(
        request,
        "sandbox/console/deliveries.html",
        {"tab": "deliveries", "page": _page(request, rows)},
    )


@never_cache
@require_safe
def merch(request: HttpRequest) -> HttpResponse:
    """List the merch of all creators, with the remaining stock."""
    page = _page(request, Merch.objects.select_related("creator").order_by("-pk"))
    items = [(each, mockup_of_merch(each) if each.variants else None) for each in page]
    context = {"tab": "merch", "page": page, "items": items}
    return render_page(request, "sandbox/console/merch.html", context)


def _page(request: HttpRequest, rows: QuerySet[M]) -> Page[M]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Render a page of the console with the data that all of them show."""
    common = {
        "partner": all_partners()[0],
        "time_scale": settings.TIME_SCALE,
        "active_faults": Faults.current().active_faults(),
        "timer": AutoFulfil.current(),
    }
    return render(request, template, {**common, **context}, status=status)
