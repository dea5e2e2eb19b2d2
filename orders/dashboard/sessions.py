"""The print sessions that visitors began, and how many of them became orders."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.models import Order, attach_orders
from orders.models.print_sessions import mask_print_session
from orders.pagination import keyset_page
from pages.access import staff_permission
from printora_integration.models import PrintSession

from .conversion import DAYS, conversion
from .filters import SessionFilter
from .periods import since


@require_safe
@never_cache
@staff_permission("printora_integration.view_printsession")
def sessions(request: HttpRequest) -> HttpResponse:
    """List the print sessions of the last 30 days, below their conversion."""
    first_day = timezone.now().date() - timedelta(days=DAYS)
    recent = since(PrintSession.objects.defer("redirect_url"), "created_at", first_day)
    found = SessionFilter(request.GET, queryset=recent)
    page = keyset_page(request, found.qs)
    for session in page.object_list:
        mask_print_session(session)
    names = Order.objects.only("session_id", "order_id", "order_number", "status")
    attach_orders(page.object_list, names)
    context = {
        "conversion": conversion(),
        "days": DAYS,
        "filter": found,
        "is_filtered": found.is_active,
        "page": page,
    }
    return render(request, "orders/sessions.html", context)
