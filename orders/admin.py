"""Django's admin for staff: everything to read, with links to the dashboard and CSV exports.

Printora owns the data, so nothing is added, changed or deleted. The admins of the integration are
registered again, with what this site adds to them. Raw bodies are on the dashboard's pages only:
these mask the customer, and record each look.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from orders.models.print_sessions import mask_print_session
from pages.exports import AuditedExportMixin
from pages.masking import masking_note, masks_customers
from printora_integration.admin import (
    PrintSessionAdmin,
    ReadOnlyAdmin,
    RefusedDeliveryAdmin,
    WebhookEventAdmin,
)
from printora_integration.models import PrintSession, RefusedDelivery, WebhookEvent

from .dashboard.reconciliation import start_reconciliation
from .dashboard.webhook_log.redelivery import last_event, resend
from .models import Notification, Order
from .templatetags.money import money

MAX_RESENDS = 10  # calls to Printora in one action: 60 a minute are allowed
admin.site.unregister([PrintSession, RefusedDelivery, WebhookEvent])


class FlagFilter(admin.SimpleListFilter):
    """A filter for the orders that staff should review."""

    title = "flags"
    parameter_name = "flags"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return [("open", "Open flags"), ("any", "Flagged at any time")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        if self.value() == "open":
            return Order.objects.with_open_flags() & queryset
        return queryset.exclude(flags=[]) if self.value() == "any" else queryset


class OrdersAdmin(AuditedExportMixin, ReadOnlyAdmin):
    """The admin of orders or of what belongs to them."""

    export_permission = "orders.export_order"
    masked_columns: list[str] = []

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Leave out columns of masks: a list in their order would say something of the data."""
        hidden = self.masked_columns if masks_customers() else []
        return [name for name in super().get_list_display(request) if name not in hidden]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow only the filters that the list offers.

        Any column in an address (`?body__contains=`) would answer questions about hidden data.
        """
        filters = [getattr(each, "parameter_name", each) for each in self.list_filter]
        column = lookup.partition("__")[0]
        is_column = column in {field.name for field in self.opts.get_fields()}
        is_offered = not is_column or column in [self.date_hierarchy, *filters]
        return is_offered and super().lookup_allowed(lookup, value, request)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.resend_order")


class NotificationInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = Notification
    fields = ["kind", "state", "attempts", "sent_at", "due_at", "last_error"]
    readonly_fields = ["kind", "state", "attempts", "sent_at", "due_at", "last_error"]
    can_delete = False
    show_change_link = True
    max_num = 0


@admin.register(Notification)
class NotificationAdmin(OrdersAdmin):
    list_display = ["kind", "order", "state", "attempts", "due_at", "sent_at", "last_error"]
    list_filter = ["state", "kind", "sent_at"]
    list_select_related = ["order"]
    search_fields = ["order__order_id__exact", "order__session_id__exact"]
    search_help_text = "Order id or session id, whole"
    show_full_result_count = False
    date_hierarchy = "queued_at"
    actions = ["send_again"]

    @admin.action(description="Send again", permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notification]) -> None:
        """Queue the chosen mails once more, where an address is known and none is on its way."""
        repeated = [
            notification
            for notification in queryset.exclude(order__customer_email="")
            if notification.send_again(seen_repeats=notification.repeats)
        ]
        for notification in repeated:
            self.log_change(request, notification, "Sent it again.")
        self.message_user(request, f"Sent again: {len(repeated)}.")


@admin.register(Order)
class OrderAdmin(OrdersAdmin):
    list_display = [
        "__str__",
        "status",
        "total",
        "customer_email",
        "first_seen_at",
        "has_open_flags",
    ]
    list_filter = ["status", FlagFilter, "first_seen_at"]
    masked_columns = ["customer_email"]
    # Exact: "=" would ignore case, and then no index serves.
    search_fields = ["order_id__exact", "session_id__exact"]
    search_help_text = "Order number, order id, session id or e-mail (if you may see it), whole"
    show_full_result_count = False
    date_hierarchy = "first_seen_at"
    readonly_fields = ["on_dashboard"]
    inlines = [NotificationInline]
    actions = ["send_again", "sync", "mark_seen"]

    @admin.action(description="Compare all orders with Printora's", permissions=["reconcile"])
    def sync(self, request: HttpRequest, _queryset: QuerySet[Order]) -> None:
        """Start a reconciliation of all orders: Printora's list has no single ones."""
        start_reconciliation(request)

    def has_reconcile_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.reconcile_order")

    @admin.action(description="Ask Printora to send the last event again", permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        """Ask Printora for the event that each order has its status from."""
        orders = list(queryset[: MAX_RESENDS + 1])
        if len(orders) > MAX_RESENDS:
            message = f"Choose {MAX_RESENDS} orders at most: Printora limits our requests."
            self.message_user(request, message, messages.WARNING)
            return
        for order in orders:
            outcome = resend(request.user, order.session_id, last_event(order.status))
            level = messages.SUCCESS if outcome.succeeded else messages.ERROR
            self.message_user(request, f"{order}: {outcome.message}", level)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        """Find numbers and e-mails in any letter case too, by their lower-case copies."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        lowered = search_term.strip().lower()
        if lowered:
            found |= queryset.filter(order_number_lower=lowered)
        if lowered and not masks_customers():
            found |= queryset.filter(customer_email_lower=lowered)
        return found, may_repeat

    def describe_export(self, request: HttpRequest) -> str:
        return masking_note()

    @admin.display(description="total", ordering="total_amount")
    def total(self, order: Order) -> str:
        return money(order.total_amount, order.currency)

    @admin.display(description="open flags", boolean=True)
    def has_open_flags(self, order: Order) -> bool:
        return bool(order.open_flags)

    @admin.action(description="Mark the flags as seen", permissions=["mark_seen"])
    def mark_seen(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        """Mark all flags of the chosen orders as seen."""
        with transaction.atomic():
            marked = [
                order
                # By key: `orders.models` has the lock order.
                for order in queryset.select_for_update().order_by("pk")
                if order.mark_flags_seen(by=request.user.get_username())
            ]
            for order in marked:
                order.save(update_fields=["flags_seen", "flags_seen_at", "flags_seen_by"])
                self.log_change(request, order, "Marked its flags as seen.")
        self.message_user(request, f"Marked as seen: {len(marked)}.")

    def has_mark_seen_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may change orders, although no field can be edited here."""
        return request.user.has_perm("orders.change_order")

    @admin.display(description="on the dashboard")
    def on_dashboard(self, order: Order) -> str:
        return format_html('<a href="{}">timeline and events</a>', order.get_absolute_url())


@admin.register(WebhookEvent)
class DashboardWebhookEventAdmin(OrdersAdmin, WebhookEventAdmin):
    exclude = export_exclude = ["body", "changed_body"]  # customers' data
    readonly_fields = ["on_dashboard"]

    @admin.display(description="on the dashboard")
    def on_dashboard(self, event: WebhookEvent) -> str:
        return _link("orders:event", event, "the event, formatted")


@admin.register(RefusedDelivery)
class DashboardRefusedDeliveryAdmin(OrdersAdmin, RefusedDeliveryAdmin):
    export_exclude = ["body"]
    readonly_fields = ["on_dashboard"]

    @admin.display(description="on the dashboard")
    def on_dashboard(self, delivery: RefusedDelivery) -> str:
        return _link("orders:refused", delivery, "the body, as received")


@admin.register(PrintSession)
class DashboardPrintSessionAdmin(OrdersAdmin, PrintSessionAdmin):
    # The token, the visitor's id, and what visitors wrote or what gives access to their pictures.
    export_exclude = ["redirect_url", "visitor", "title", "reference", "image_url", "back_url"]
    exclude = ["redirect_url", "visitor"]
    masked_columns = ["title", "reference"]
    readonly_fields = ["on_dashboard"]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> PrintSession | None:
        """Return the session, with a visitor's own picture masked."""
        session: PrintSession | None = super().get_object(request, object_id, from_field)
        if session is not None:
            mask_print_session(session)
        return session

    @admin.display(description="on the dashboard")
    def on_dashboard(self, session: PrintSession) -> str:
        query = urlencode({"q": session.session_id or ""})
        address = f"{reverse('orders:events')}?{query}"
        return format_html('<a href="{}">its events</a>', address) if session.session_id else "–"


def _link(page: str, row: Model, text: str) -> str:
    return format_html('<a href="{}">{}</a>', reverse(page, args=[row.pk]), text)
