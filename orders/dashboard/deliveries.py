"""Show Printora's log of deliveries, and ask for some again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from orders import redelivery
from orders.deliveries import deliveries_of, delivery_page
from printora_integration.schemas.api import DeliveryStatus
from printora_integration.schemas.webhooks import EventType
from staff.access import redirect_back, staff_only
from vendor_kit.fields import parse_opaque_id


@require_safe
@never_cache
@staff_only
def deliveries(request: HttpRequest) -> HttpResponse:
    """List the deliveries as Printora's own log tells of them."""
    context = {
        "page": delivery_page(request.GET),
        "statuses": list(DeliveryStatus),
        "event_types": list(EventType),
    }
    return render(request, "orders/deliveries.html", context)


@require_safe
@never_cache
@staff_only
def of_session(request: HttpRequest) -> HttpResponse:
    """List the deliveries of one session: a part of the order's page, or a page of its own."""
    session_id = parse_opaque_id(request.GET.get("session", "")) or ""
    context = {"page": deliveries_of(session_id), "session_id": session_id}
    is_part = request.headers.get("HX-Request") == "true"
    name = "orders/_deliveries_of_session.html" if is_part else "orders/deliveries_of_session.html"
    return render(request, name, context)


@require_POST
@staff_only
def retry(request: HttpRequest) -> HttpResponse:
    """Ask for one delivery to be tried again now."""
    log_id = parse_opaque_id(request.POST.get("delivery", ""))
    if log_id is None:
        return _told(request, redelivery.Outcome("No delivery has this id.", went_well=False))
    return _told(request, redelivery.retry(request.user, log_id))


@require_POST
@staff_only
def resend(request: HttpRequest) -> HttpResponse:
    """Ask for one event of a session again, as a new delivery."""
    session_id = parse_opaque_id(request.POST.get("session", ""))
    event_type = request.POST.get("event_type", "")
    if session_id is None or event_type not in redelivery.RESENDABLE:
        return _told(request, redelivery.Outcome("Printora cannot resend this.", went_well=False))
    return _told(request, redelivery.resend(request.user, session_id, event_type))


def _told(request: HttpRequest, outcome: redelivery.Outcome) -> HttpResponse:
    level = messages.SUCCESS if outcome.went_well else messages.ERROR
    messages.add_message(request, level, outcome.words)
    return redirect_back(request, reverse("orders:deliveries"))
