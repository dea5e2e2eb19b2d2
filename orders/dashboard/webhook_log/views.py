"""The pages of Printora's webhook log, and the buttons that send an event again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pages.access import redirect_back, staff_permission
from pages.htmx import HtmxHttpRequest, render_page_or_part
from printora_integration.schemas.api import DeliveryStatus
from printora_integration.schemas.webhooks import EventType
from vendor_kit.fields import parse_opaque_id

from . import redelivery
from .entries import entries_of_session, entry_page
from .redelivery import RESENDABLE, Outcome


@require_safe
@never_cache
@staff_permission("printora_integration.view_webhookevent")
def webhook_log(request: HttpRequest) -> HttpResponse:
    """List the entries of Printora's log."""
    context = {
        "page": entry_page(request.GET),
        "statuses": list(DeliveryStatus),
        "event_types": list(EventType),
    }
    return render(request, "orders/webhook_log.html", context)


@require_safe
@never_cache
@staff_permission("printora_integration.view_webhookevent")
def session_webhook_log(request: HtmxHttpRequest) -> HttpResponse:
    """List the entries of one session: a part of the order's page, or a page of its own."""
    session_id = parse_opaque_id(request.GET.get("session", "")) or ""
    context = {"page": entries_of_session(session_id), "session_id": session_id}
    page, part = "orders/session_webhook_log.html", "orders/_session_webhook_log.html"
    return render_page_or_part(request, page, part, context)


@require_POST
@staff_permission("orders.resend_order")
def retry(request: HttpRequest) -> HttpResponse:
    """Ask Printora to retry one entry now."""
    log_id = parse_opaque_id(request.POST.get("delivery", ""))
    if log_id is None:
        return _redirect(request, Outcome("No delivery has this id.", succeeded=False))
    return _redirect(request, redelivery.retry(request.user, log_id))


@require_POST
@staff_permission("orders.resend_order")
def resend(request: HttpRequest) -> HttpResponse:
    """Ask Printora to send one event of a session again, as a new entry."""
    session_id = parse_opaque_id(request.POST.get("session", ""))
    event_type = request.POST.get("event_type", "")
    if session_id is None or event_type not in RESENDABLE:
        return _redirect(request, Outcome("Printora cannot resend this.", succeeded=False))
    return _redirect(request, redelivery.resend(request.user, session_id, event_type))


def _redirect(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    level = messages.SUCCESS if outcome.succeeded else messages.ERROR
    messages.add_message(request, level, outcome.message)
    return redirect_back(request, reverse("orders:deliveries"))
