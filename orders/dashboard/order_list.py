"""List the orders, tell of new ones, and hand out what is split_list as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from orders.chart import bars
from orders.exporting import csv_lines, file_name
from orders.figures import month
from orders.filters import OrderFilter
from orders.models import Order, attach_print_sessions
from orders.news import count_news
from orders.paging import keyset_page
from orders.saved_filters import saved_filters
from staff.access import staff_only
from staff.audit import record


@require_safe
@never_cache
@staff_only
def dashboard(request: HttpRequest) -> HttpResponse:
    """List the orders, newest first, filtered by what stands in the address."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    page = keyset_page(request, orders.qs)
    attach_print_sessions(page.object_list)  # type: ignore[arg-type]
    at_a_glance = month()
    context = {
        "month": at_a_glance,
        "bars": bars(at_a_glance.days),
        "page": page,
        "filter": orders,
        "is_filtered": orders.is_active,
        "views": saved_filters(request.GET),
        "newest": page.object_list[0].pk if page.object_list else 0,
        "is_first_page": not ({"before", "after"} & request.GET.keys()),
    }
    return render(request, "orders/dashboard.html", context)


@require_safe
@never_cache
@staff_only
def news(request: HttpRequest) -> HttpResponse:
    """Answer the list that is open: 204 while there is nothing new, else "3 new orders"."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    found = count_news(request.GET, orders.qs)
    if found is None:
        return HttpResponse(status=204)
    return render(request, "orders/_news.html", {"news": found})


@require_GET
@never_cache
@staff_only
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Stream the orders that the address filters as CSV, every one of them, newest first."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    record(request.user, Order, f"Exported orders as CSV: {orders.in_words or 'all'}.")
    response = StreamingHttpResponse(csv_lines(orders.qs), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name("orders")}"'
    return response
