"""The webhooks that we received: the events that we took, and the deliveries that we refused."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.models import Order
from orders.pagination import keyset_page
from pages.access import require_permissions, staff_permission
from pages.htmx import HtmxHttpRequest, render_page_or_part
from pages.masking import MASK, masks_customers
from printora_integration.models import RefusedDelivery, WebhookEvent
from printora_integration.models.events import without_customer

from .filters import EventFilter
from .json_html import highlighted, readable
from .looks import record_look


@require_safe
@never_cache
@staff_permission("printora_integration.view_webhookevent")
def events(request: HttpRequest) -> HttpResponse:
    """List the events, newest first; or, where the filter says so, the refused deliveries.

    Bodies may be a mebibyte each: the list has none, and each one's own page shows it.
    """
    events = EventFilter(request.GET, queryset=_without_bodies())
    context = {"filter": events, "is_filtered": events.is_active}
    if events.shows_refused:
        require_permissions(request.user, ["printora_integration.view_refuseddelivery"])
        refused = keyset_page(request, RefusedDelivery.objects.defer("body"))
        return render(request, "orders/refused_deliveries.html", context | {"page": refused})
    page = keyset_page(request, events.qs)
    orders = _orders_of([event.session_id for event in page.object_list])
    for event in page.object_list:
        event.order = orders.get(event.session_id)
    return render(request, "orders/events.html", context | {"page": page})


@require_safe
@never_cache
@staff_permission("printora_integration.view_webhookevent")
def event(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Show one event with its payload: a page, or only the payload for the list's `<details>`."""
    event = get_object_or_404(WebhookEvent, pk=pk)
    event.is_changed = bool(event.changed_body)  # type: ignore[attr-defined]
    record_look(request, event, "body")
    context = {
        "event": event,
        "payload": highlighted(_visible(event.body)),
        "changed": highlighted(_visible(event.changed_body)) if event.changed_body else "",
        "is_masked": masks_customers(),
        "order": _orders_of([event.session_id]).get(event.session_id),
    }
    return _page_or_part(request, "event", context)


@require_safe
@never_cache
@staff_permission("printora_integration.view_refuseddelivery")
def refused_delivery(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Show one delivery that Printora signed and we refused."""
    delivery = get_object_or_404(RefusedDelivery, pk=pk)
    record_look(request, delivery, "body")
    # Nobody knows what is in it, and so what of it says nothing of a customer.
    payload = MASK if masks_customers() else readable(bytes(delivery.body))
    context = {"delivery": delivery, "payload": payload, "is_masked": masks_customers()}
    return _page_or_part(request, "refused_delivery", context)


def _visible(body: str) -> str:
    return without_customer(body) if masks_customers() else body


def _without_bodies() -> QuerySet[WebhookEvent]:
    # A comparison in the database: the text itself stays there.
    return WebhookEvent.objects.defer("body", "changed_body").annotate(
        is_changed=ExpressionWrapper(~Q(changed_body=""), output_field=BooleanField())
    )


def _orders_of(session_ids: list[str]) -> dict[str, Order]:
    names = Order.objects.only("session_id", "order_id", "order_number")
    return names.in_bulk(session_ids, field_name="session_id")


def _page_or_part(request: HtmxHttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    return render_page_or_part(request, f"orders/{name}.html", "orders/_payload.html", context)
