"""The prints of one visitor: what they began, and how far each order is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.models import Order, attach_orders
from orders.pagination import keyset_page
from printora_integration.models import PrintSession
from printora_integration.print_sessions.visitors import visitor_id

PAGE_SIZE = 20


@require_safe
@never_cache
def my_prints(request: HttpRequest) -> HttpResponse:
    """List the prints that this browser began, newest first, each with its order if it has one."""
    sessions = PrintSession.objects.filter(visitor=visitor_id(request))
    page = keyset_page(request, sessions, size=PAGE_SIZE)
    attach_orders(page.object_list, Order.objects.all())
    return render(request, "orders/my_prints.html", {"page": page})
