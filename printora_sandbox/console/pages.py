"""The operator's desk: what is in the sandbox, newest first."""

from collections.abc import Mapping
from typing import TypeVar

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from printora_sandbox.models import AutoFulfil, Delivery, Faults, Merch, Order, Session
from printora_sandbox.partners import all_partners
from printora_sandbox.pictures import picture_of_merch

from .steps import OrderDesk

PER_PAGE = 50

M = TypeVar("M", bound=Model)


@never_cache
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """List orders, each with the steps its state allows."""
    return order_page(request)


def order_page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Show the orders; ``problem`` says why the step just asked for was not taken."""
    rows = Order.objects.select_related("session").prefetch_related("items")
    page = _page(request, rows)
    context = {
        "tab": "orders",
        "page": page,
        "desks": [OrderDesk(order) for order in page],
        "problem": problem,
    }
    return show(request, "sandbox/console/orders.html", context, status=status)


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List sessions."""
    rows = Session.objects.expire_overdue().with_goods()
    return show(
        request, "sandbox/console/sessions.html", {"tab": "sessions", "page": _page(request, rows)}
    )


@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """List webhooks with every attempt at them."""
    rows = Delivery.objects.with_attempts()
    return show(
        request,
        "sandbox/console/deliveries.html",
        {"tab": "deliveries", "page": _page(request, rows)},
    )


@never_cache
@require_safe
def merch(request: HttpRequest) -> HttpResponse:
    """List what creators sell, with what is left of it."""
    page = _page(request, Merch.objects.select_related("creator").order_by("-pk"))
    goods = [(each, picture_of_merch(each) if each.variants else None) for each in page]
    context = {"tab": "merch", "page": page, "goods": goods}
    return show(request, "sandbox/console/merch.html", context)


def _page(request: HttpRequest, rows: QuerySet[M]) -> Page[M]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def show(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Show a page of the desk, with what each of them tells."""
    common = {
        "partner": all_partners()[0],
        "time_scale": settings.TIME_SCALE,
        "faults_on": Faults.current().switched_on(),
        "timer": AutoFulfil.current(),
    }
    return render(request, template, {**common, **context}, status=status)
