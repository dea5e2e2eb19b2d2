"""The page of one order, and what staff can do there: review its flags, send a mail again."""

from csp.constants import NONE, UNSAFE_INLINE
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from orders.models import Notification, Order, attach_print_sessions
from orders.notifications.mail import render_html
from pages.access import staff_permission
from pages.audit import record
from printora_integration.models import WebhookEvent
from vendor_kit.fields import parse_opaque_id

from .looks import record_look
from .webhook_log.redelivery import RESENDABLE

# A mail has its styles inside, and needs nothing else.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}


@require_safe
@never_cache
@staff_permission("orders.view_order")
def order_page(request: HttpRequest, order_id: str) -> HttpResponse:
    """Show one order: its steps, its items, its address, and the events it was made from."""
    parsed_id = parse_opaque_id(order_id)
    order = parsed_id and Order.objects.filter(order_id=parsed_id).order_by("pk").first()
    if not order:
        raise Http404("No order has this id.")
    attach_print_sessions([order])
    events = WebhookEvent.objects.filter(session_id=order.session_id).order_by("pk")
    events = events.defer("body", "changed_body")  # each event's own page shows them
    context = {"order": order, "events": events, "resendable": RESENDABLE}
    return render(request, "orders/order.html", context)


@require_POST
@staff_permission("orders.change_order")
def mark_flags_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the flags that the page showed as seen by this user."""
    shown = _read_count(request, "shown")
    with transaction.atomic():
        order = get_object_or_404(Order.objects.select_for_update(), pk=pk)
        if order.mark_flags_seen(by=request.user.get_username(), count=shown):
            order.save(update_fields=["flags_seen", "flags_seen_at", "flags_seen_by"])
            record(request.user, Order, "Marked its flags as seen.", of=order)
    return redirect(order)


@require_POST
@staff_permission("orders.resend_order")
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a mail once more; a second click on the same button changes nothing."""
    notification = get_object_or_404(Notification.objects.select_related("order"), pk=pk)
    name = notification.get_kind_display()
    if not notification.order.customer_email:
        messages.error(request, "No e-mail address of this customer is known.")
    elif notification.send_again(seen_repeats=_read_count(request, "repeats")):
        record(request.user, Notification, "Sent it again.", of=notification)
        messages.success(request, f"“{name}” goes out in a few seconds.")
    else:
        messages.info(request, f"“{name}” is on its way already.")
    return redirect(notification.order)


@require_safe
@never_cache
@staff_permission("orders.view_order")
def preview_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mail as its customer sees it, on a page of its own."""
    notification = get_object_or_404(Notification.objects.select_related("order"), pk=pk)
    record_look(request, notification, "mail")
    response = HttpResponse(render_html(notification))
    response._csp_config = MAIL_POLICY  # type: ignore[attr-defined]  # noqa: SLF001 -- what csp() sets
    return response


def _read_count(request: HttpRequest, name: str) -> int:
    """Return a small number from the form; 0 for anything else."""
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 7 else 0
