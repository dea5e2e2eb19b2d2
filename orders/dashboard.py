"""Show staff the orders."""

from collections.abc import Callable
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from printora_integration.models import WebhookEvent
from printora_integration.wire import opaque_id

from .filters import OrderFilter
from .json_text import indented
from .models import Order, attach_print_sessions
from .paging import keyset_page
from .templatetags.money import money

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Let staff pass, send strangers to sign in, and refuse whoever has signed in as less."""
    return user_passes_test(_is_staff)(view)


def _is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    if user.is_authenticated and not getattr(user, "is_staff", False):
        raise PermissionDenied  # signed in, and the answer is no
    return user.is_authenticated


@require_safe
@never_cache
@staff_only
def dashboard(request: HttpRequest) -> HttpResponse:
    """List the orders, newest first, filtered by what stands in the address."""
    orders = OrderFilter(request.GET, queryset=Order.objects.for_dashboard())
    page = keyset_page(request, orders.qs)
    attach_print_sessions(page.object_list)  # type: ignore[arg-type]
    # They sum a month of orders; every reload would, and no decision waits for the last seconds.
    figures = cache.get_or_set("orders.figures", _figures, timeout=10)
    context = {"figures": figures, "page": page, "filter": orders}
    return render(request, "orders/dashboard.html", context)


@require_safe
@never_cache
@staff_only
def order_detail(request: HttpRequest, order_id: str) -> HttpResponse:
    """Show one order: its way, its items, its address, and the events it was made from."""
    known_as = opaque_id(order_id)
    order = known_as and Order.objects.filter(order_id=known_as).order_by("pk").first()
    if not order:
        raise Http404("No order has this id.")
    attach_print_sessions([order])
    events = list(WebhookEvent.objects.filter(session_id=order.session_id).order_by("pk"))
    for event in events:
        event.payload_pretty = indented(event.body)  # type: ignore[attr-defined]
    return render(request, "orders/order.html", {"order": order, "events": events})


def _figures() -> list[dict[str, object]]:
    figures = Order.objects.figures(days=30)
    revenue: dict[str, Decimal | None] = figures["revenue"]
    sums = [money(amount, currency) for currency, amount in revenue.items() if amount is not None]
    return [
        {"label": "Orders", "value": figures["orders"], "note": "in 30 days"},
        {"label": "To ship", "value": figures["to_ship"], "note": "paid, at the printer's"},
        {"label": "On the way", "value": figures["on_the_way"], "note": "shipped, not delivered"},
        {"label": "Revenue", "value": " + ".join(sums) or "0", "note": "of the orders in 30 days"},
    ]
