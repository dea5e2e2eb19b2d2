"""Show staff what we asked for and what we were told; Printora owns both, so neither is edited."""

from django.contrib import admin
from django.http import HttpRequest

from .models import PrintSession, Reconciliation, WebhookEvent


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Offer a model to read and nothing else."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


@admin.register(PrintSession)
class PrintSessionAdmin(ReadOnlyAdmin):
    list_display = ["title", "reference", "status", "session_id", "created_at"]
    list_filter = ["status", "created_at"]
    search_fields = ["=session_id", "=idempotency_key", "reference"]
    search_help_text = "Session id, idempotency key, or artwork"
    date_hierarchy = "created_at"
    exclude = ["redirect_url"]  # holds the visitor's token


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnlyAdmin):
    list_display = ["event", "session_id", "occurred_at", "received_at", "delivery_count"]
    list_filter = ["event", "received_at"]
    search_fields = ["=session_id"]
    search_help_text = "Session id"
    date_hierarchy = "received_at"


@admin.register(Reconciliation)
class ReconciliationAdmin(ReadOnlyAdmin):
    list_display = [
        *("created_at", "state", "is_full", "asked_by", "orders_seen", "orders_changed"),
        *("problems", "resends_asked", "finished_at"),
    ]
    list_filter = ["state", "is_full"]
    date_hierarchy = "created_at"
