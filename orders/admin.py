"""Show staff the orders in Django's admin; Printora owns them, so nothing is edited."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from printora_integration.admin import ReadOnlyAdmin

from .models import Notification, Order
from .templatetags.money import money


class FlagFilter(admin.SimpleListFilter):
    """Find the orders that a person should look at."""

    title = "for a person"
    parameter_name = "flags"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return [("open", "To look at"), ("any", "Flagged at any time")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        if self.value() == "open":
            return Order.objects.flagged() & queryset
        return queryset.exclude(flags=[]) if self.value() == "any" else queryset


class NotificationInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = Notification
    fields = ["kind", "state", "attempts", "sent_at", "due_at", "last_error"]
    readonly_fields = ["kind", "state", "attempts", "sent_at", "due_at", "last_error"]
    can_delete = False
    show_change_link = True
    max_num = 0


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["kind", "order", "state", "attempts", "due_at", "sent_at", "last_error"]
    list_filter = ["state", "kind", "sent_at"]
    list_select_related = ["order"]
    search_fields = ["order__order_id__exact", "order__session_id__exact"]
    search_help_text = "Order id or session id, whole"
    show_full_result_count = False
    date_hierarchy = "owed_since"
    actions = ["send_again"]

    @admin.action(description="Send again", permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notification]) -> None:
        """Have the chosen mails sent again, where an address is known and none is on its way."""
        again = [
            notification
            for notification in queryset.exclude(order__customer_email="")
            if notification.send_again(seen_repeats=notification.repeats)
        ]
        for notification in again:
            self.log_change(request, notification, "Sent it again.")
        self.message_user(request, f"Sent again: {len(again)}.")

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.change_notification")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "total", "customer_email", "first_seen_at", "is_flagged"]
    list_filter = ["status", FlagFilter, "first_seen_at"]
    # Exact: "=" would ignore case, and so the indexes.
    search_fields = ["order_id__exact", "session_id__exact"]
    search_help_text = "Order number, order id, session id or e-mail, whole"
    show_full_result_count = False
    date_hierarchy = "first_seen_at"
    readonly_fields = ["on_dashboard"]
    inlines = [NotificationInline]
    actions = ["mark_seen"]

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
        return bool(order.open_flags)

    @admin.action(description="Mark the flags as seen", permissions=["mark_seen"])
    def mark_seen(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        """Mark all flags of the chosen orders as seen."""
        with transaction.atomic():
            marked = [
                order
                for order in queryset.select_for_update()
                if order.mark_flags_seen(by=request.user.get_username())
            ]
            for order in marked:
                order.save(update_fields=["flags_seen", "flags_seen_at", "flags_seen_by"])
                self.log_change(request, order, "Marked its flags as seen.")
        self.message_user(request, f"Marked as seen: {len(marked)}.")

    def has_mark_seen_permission(self, request: HttpRequest) -> bool:
        """Ask for the right to change orders, though nothing of them can be edited here."""
        return request.user.has_perm("orders.change_order")

    @admin.display(description="on the dashboard")
    def on_dashboard(self, order: Order) -> str:
        return format_html('<a href="{}">timeline and events</a>', order.get_absolute_url())
