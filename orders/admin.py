"""Show staff the orders in Django's admin; Printora owns them, so nothing is edited."""

from django.contrib import admin
from django.utils.html import format_html

from printora_integration.admin import ReadOnlyAdmin

from .models import Order
from .templatetags.money import money


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "total", "customer_email", "first_seen_at", "is_flagged"]
    list_filter = ["status", "first_seen_at"]
    # Exact: "=" would ignore case, and so the indexes. The dashboard's search is the lenient one.
    search_fields = [
        f"{name}__exact" for name in ("order_id", "session_id", "customer_email", "order_number")
    ]
    search_help_text = "Order number, order id, session id or e-mail, whole and as written"
    show_full_result_count = False
    date_hierarchy = "first_seen_at"
    readonly_fields = ["on_dashboard"]

    @admin.display(description="total", ordering="total_amount")
    def total(self, order: Order) -> str:
        return money(order.total_amount, order.currency)

    @admin.display(description="for a person", boolean=True)
    def is_flagged(self, order: Order) -> bool:
        return bool(order.flags)

    @admin.display(description="on the dashboard")
    def on_dashboard(self, order: Order) -> str:
        return format_html('<a href="{}">timeline and events</a>', order.get_absolute_url())
