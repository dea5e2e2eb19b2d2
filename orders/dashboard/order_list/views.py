"""The list of orders, the count of new ones, and the CSV export of the list."""

from http import HTTPStatus
from itertools import chain

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from orders.dashboard.filters import OrderFilter
from orders.models import Order, attach_print_sessions
from orders.pagination import keyset_page
from orders.templatetags.staff import first_page
from pages.access import staff_permission
from pages.audit import record
from pages.masking import masking_note

from .chart import bars
from .csv_export import csv_lines, file_name
from .metrics import monthly_metrics
from .new_orders import count_new_orders
from .saved_filters import saved_filters


@require_safe
@never_cache
@staff_permission("orders.view_order", or_redirect_to=first_page)  # sign-in leads here
def dashboard(request: HttpRequest) -> HttpResponse:
    """List the orders, newest first, filtered by the query string."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    page = keyset_page(request, orders.qs)
    attach_print_sessions(page.object_list)
    month = monthly_metrics()
    context = {
        "month": month,
        "bars": bars(month.days),
        "page": page,
        "filter": orders,
        "is_filtered": orders.is_active,
        "saved_filters": saved_filters(request.GET),
        "newest": page.object_list[0].pk if page.object_list else 0,
        "is_first_page": not ({"before", "after"} & request.GET.keys()),
    }
    return render(request, "orders/order_list.html", context)


@require_safe
@never_cache
@staff_permission("orders.view_order")
def new_orders(request: HttpRequest) -> HttpResponse:
    """Answer a list that is open: 204 while nothing is new, else "3 new orders"."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    found = count_new_orders(request.GET, orders.qs)
    if found is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "orders/_new_orders.html", {"new_orders": found})


@require_GET
@never_cache
@staff_permission("orders.view_order", "orders.export_order")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Stream all orders that the query string filters as CSV, newest first."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    record(
        request.user, Order, f"Exported orders as CSV{masking_note()}: {orders.summary or 'all'}."
    )
    lines = csv_lines(orders.qs)
    first = next(lines)  # reads the database: without it, the answer is an error page and no file
    response = StreamingHttpResponse(chain([first], lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name("orders")}"'
    return response
