"""Staff's view of the runs, to read only."""

from django.contrib import admin

from printora_integration.admin import ReadOnlyAdmin

from .models import Reconciliation


@admin.register(Reconciliation)
class ReconciliationAdmin(ReadOnlyAdmin):
    list_display = [
        *("created_at", "state", "is_full", "requested_by", "orders_seen", "orders_changed"),
        *("problems", "resends_requested", "finished_at"),
    ]
    list_filter = ["state", "is_full"]
    date_hierarchy = "created_at"
