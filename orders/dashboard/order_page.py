"""Show one order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.json_text import highlighted
from orders.models import Order, attach_print_sessions
from orders.redelivery import RESENDABLE
from printora_integration.models import WebhookEvent
from staff.access import staff_only
from vendor_kit.fields import parse_opaque_id


@require_safe
@never_cache
@staff_only
def order_detail(request: HttpRequest, order_id: str) -> HttpResponse:
    """Show one order: its way, its items, its address, and the events it was made from."""
    known_as = parse_opaque_id(order_id)
    order = known_as and Order.objects.filter(order_id=known_as).order_by("pk").first()
    if not order:
        raise Http404("No order has this id.")
    attach_print_sessions([order])
    events = list(WebhookEvent.objects.filter(session_id=order.session_id).order_by("pk"))
    for event in events:
        event.payload_pretty = highlighted(event.body)  # type: ignore[attr-defined]
    context = {"order": order, "events": events, "resendable": RESENDABLE}
    return render(request, "orders/order.html", context)
