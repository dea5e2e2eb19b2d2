"""Let staff act on an order: mark its flags as seen, look at a mail, have it sent again."""

from csp.constants import NONE, UNSAFE_INLINE
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from staff.access import staff_only

from .mail.compose import html_of
from .models import Notification, Order

# A mail carries its styles within, and needs nothing else.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}


@require_POST
@staff_only
def mark_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the flags that this person was shown as seen by them."""
    with transaction.atomic():
        order = get_object_or_404(Order.objects.select_for_update(), pk=pk)
        if order.mark_flags_seen(by=request.user.get_username(), count=_count(request, "shown")):
            order.save(update_fields=["flags_seen", "flags_seen_at", "flags_seen_by"])
    return _back_to(order)


@require_POST
@staff_only
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a mail sent again; a second click on the same button changes nothing."""
    notification = get_object_or_404(Notification.objects.select_related("order"), pk=pk)
    if not notification.order.customer_email:
        messages.error(request, "No e-mail address of this customer is known.")
    elif notification.send_again(seen_repeats=_count(request, "repeats")):
        messages.success(request, f"“{notification.get_kind_display()}” goes out in a few seconds.")
    else:
        messages.info(request, f"“{notification.get_kind_display()}” is on its way already.")
    return _back_to(notification.order)


@require_safe
@never_cache
@staff_only
def mail(_request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mail as its customer sees it, on a page of its own."""
    notification = get_object_or_404(Notification.objects.select_related("order"), pk=pk)
    response = HttpResponse(html_of(notification))
    response._csp_config = MAIL_POLICY  # type: ignore[attr-defined]  # noqa: SLF001 -- what csp() sets
    return response


def _count(request: HttpRequest, name: str) -> int:
    """Return a small number from the form; 0 for anything else."""
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 7 else 0


def _back_to(order: Order) -> HttpResponseRedirect:
    return redirect(order)
