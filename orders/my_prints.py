"""Show a visitor their own prints: what they began, and how far each order is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from printora_integration.models import PrintSession
from printora_integration.visitors import visitor_id

from .models import Order
from .paging import keyset_page

PAGE_SIZE = 20


@require_safe
@never_cache
def my_prints(request: HttpRequest) -> HttpResponse:
    """List the prints that this browser began, newest first, each with its order if any."""
    begun = PrintSession.objects.filter(visitor=visitor_id(request))
    page = keyset_page(request, begun, size=PAGE_SIZE)
    _attach_orders(page.object_list)  # type: ignore[arg-type]
    return render(request, "orders/my_prints.html", {"page": page})


def _attach_orders(sessions: list[PrintSession]) -> None:
    """Give each session its `order`, or None; one query for all."""
    ids = [session.session_id for session in sessions if session.session_id]
    orders = Order.objects.in_bulk(ids, field_name="session_id") if ids else {}
    for session in sessions:
        session.order = orders.get(session.session_id)  # type: ignore[attr-defined]
