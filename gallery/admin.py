from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from gallery.models import Artwork, Creator, MerchItem, Upload
from gallery.tasks import refresh_merch
from pages.audit import record
from pages.exports import AuditedExportMixin
from pages.masking import masks_customers
from printora_integration.admin import ReadOnlyAdmin
from vendor_kit.queue import enqueue

MANAGE_MERCH = "gallery.manage_merch"


@admin.register(Creator)
class CreatorAdmin(AuditedExportMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of creators."""

    export_permission = MANAGE_MERCH
    list_display = ("name", "slug", "printora_status")
    list_filter = ("printora_status",)
    readonly_fields = ("printora_id", "printora_status")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Artwork)
class ArtworkAdmin(AuditedExportMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of artworks."""

    export_permission = MANAGE_MERCH
    list_display = ("title", "creator", "category", "model", "width", "height", "published_at")
    list_filter = ("category", "creator")
    list_select_related = ("creator",)
    search_fields = ("title", "slug", "creator__name")
    date_hierarchy = "published_at"
    autocomplete_fields = ("creator",)
    prepopulated_fields = {"slug": ("title",)}


@admin.register(MerchItem)
class MerchItemAdmin(AuditedExportMixin, ReadOnlyAdmin):
    """The list of our copy of the creators' merch; the studio changes it, at Printora."""

    list_display = ("title", "creator", "product_name", "status", "stock_sold", "in_studio")
    list_filter = ("status", "creator")
    list_select_related = ("creator",)
    search_fields = ("title", "printora_id")
    date_hierarchy = "refreshed_at"
    exclude = ("editor_url",)  # a credential
    export_permission = MANAGE_MERCH
    export_exclude = ["editor_url"]
    actions = ["refresh"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Leave out the links to the studio where the user may not open it."""
        may_open = self.has_manage_merch_permission(request)
        return [name for name in self.list_display if may_open or name != "in_studio"]

    def has_manage_merch_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may change merch, although no field can be edited here."""
        return request.user.has_perm(MANAGE_MERCH)

    @admin.action(description="Refresh all merch from Printora", permissions=["manage_merch"])
    def refresh(self, request: HttpRequest, _items: QuerySet[MerchItem]) -> None:
        """Queue a sync of all creators and merch."""
        record(request.user, MerchItem, "Requested a refresh of all merch.")
        if enqueue(refresh_merch):
            messages.info(request, "The refresh has been queued. Reload this page in a moment.")
        else:
            messages.error(request, "The task could not be queued: the broker does not answer.")

    @admin.display(description="Studio")
    def in_studio(self, item: MerchItem) -> str:
        """Return a link to the studio's page of the item."""
        address = reverse("gallery:studio_creator", args=[item.creator.slug])
        return format_html('<a href="{}#item-{}">Open</a>', address, item.pk)


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """The list of visitors' own pictures, without their names, because a name gives access."""

    list_display = ("title", "extension", "width", "height", "created_at")
    date_hierarchy = "created_at"
    fields = ("title", "extension", "width", "height", "created_at")

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Return whether the user may see uploads and customers: these wrote the titles."""
        return super().has_view_permission(request, obj) and not masks_customers()
