"""Show a visitor their own prints: what they began, and how far each order is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from printora_integration.models import PrintSession
from printora_integration.print_sessions.visitors import visitor_id

from .models import Order, attach_orders
from .paging import keyset_page

PAGE_SIZE = 20


@require_safe
@never_cache
def my_prints(request: HttpRequest) -> HttpResponse:
    """List the prints that this browser began, newest first, each with its order if any."""
    begun = PrintSession.objects.filter(visitor=visitor_id(request))
    page = keyset_page(request, begun, size=PAGE_SIZE)
    attach_orders(page.object_list, Order.objects.all())  # type: ignore[arg-type]
    return render(request, "orders/my_prints.html", {"page": page})
