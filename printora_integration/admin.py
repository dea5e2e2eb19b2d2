"""Staff's view of sessions, events and refused bodies. Printora owns them, so none is edited."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from .models import PrintSession, RefusedDelivery, WebhookEvent
from .schemas.webhooks import EventType


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """The admin of a model that staff only read."""

    show_full_result_count = False  # it counts the whole table

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """Explain the refusal: no other account could add one either."""
        message = f"Printora makes the {self.opts.verbose_name_plural}: none is added by hand.\n"
        return HttpResponse(message, status=403, content_type="text/plain; charset=utf-8")


class EventTypeFilter(admin.SimpleListFilter):
    """A filter by the types that we know; it does not read the table for those there are."""

    title = "event"
    parameter_name = "type"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return [*((event.value, event.value) for event in EventType), ("other", "Unknown to us")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[WebhookEvent]
    ) -> QuerySet[WebhookEvent]:
        known = [event.value for event in EventType]
        if self.value() == "other":
            return queryset.exclude(event__in=known)
        return queryset.filter(event=self.value()) if self.value() in known else queryset


@admin.register(PrintSession)
class PrintSessionAdmin(ReadOnlyAdmin):
    list_display = ["title", "reference", "status", "session_id", "created_at"]
    list_filter = ["status", "created_at"]
    # Exact: "=" would ignore case, and so the indexes.
    search_fields = ["session_id__exact"]
    search_help_text = "Session id or idempotency key, whole"
    date_hierarchy = "created_at"
    exclude = ["redirect_url"]  # holds the visitor's token

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[PrintSession], search_term: str
    ) -> tuple[QuerySet[PrintSession], bool]:
        """Find keys too: compared as keys, not as text, so that their index serves."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        with suppress(ValueError):
            found |= queryset.filter(idempotency_key=UUID(search_term.strip()))
        return found, may_repeat


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnlyAdmin):
    list_display = ["event", "session_id", "source", "received_at", "delivery_count"]
    list_filter = [EventTypeFilter, "source", "received_at"]
    search_fields = ["session_id__exact"]
    search_help_text = "Session id, whole"
    date_hierarchy = "received_at"


@admin.register(RefusedDelivery)
class RefusedDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["reason", "received_at"]
    list_filter = ["received_at"]
    date_hierarchy = "received_at"
    exclude = ["body"]  # bytes: a page of its own shows them
