"""Show staff the orders in Django's admin; Printora owns them, so nothing is edited."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from printora_integration.admin import ReadOnlyAdmin

from .models import Order
from .templatetags.money import money


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "total", "customer_email", "first_seen_at", "is_flagged"]
    list_filter = ["status", "first_seen_at"]
    # Exact: "=" would ignore case, and so the indexes.
    search_fields = ["order_id__exact", "session_id__exact"]
    search_help_text = "Order number, order id, session id or e-mail, whole"
    show_full_result_count = False
    date_hierarchy = "first_seen_at"
    readonly_fields = ["on_dashboard"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        """Find numbers and e-mails in any case too, through the folded copies."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        folded = search_term.strip().lower()
        if folded:
            found |= queryset.filter(
                Q(customer_email_folded=folded) | Q(order_number_folded=folded)
            )
        return found, may_repeat

    @admin.display(description="total", ordering="total_amount")
    def total(self, order: Order) -> str:
        return money(order.total_amount, order.currency)

    @admin.display(description="for a person", boolean=True)
    def is_flagged(self, order: Order) -> bool:
        return bool(order.flags)

    @admin.display(description="on the dashboard")
    def on_dashboard(self, order: Order) -> str:
        return format_html('<a href="{}">timeline and events</a>', order.get_absolute_url())
