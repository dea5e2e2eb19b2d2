from django.contrib import admin

from dreamcanvas.export import AuditedExport
from gallery.models import Artwork, Creator


@admin.register(Creator)
class CreatorAdmin(AuditedExport, admin.ModelAdmin):  # type: ignore[type-arg]
    """List the creators."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Artwork)
class ArtworkAdmin(AuditedExport, admin.ModelAdmin):  # type: ignore[type-arg]
    """Find and edit artworks."""

    list_display = ("title", "creator", "category", "model", "width", "height", "published_at")
    list_filter = ("category", "creator")
    list_select_related = ("creator",)
    search_fields = ("title", "slug", "creator__name")
    date_hierarchy = "published_at"
    autocomplete_fields = ("creator",)
    prepopulated_fields = {"slug": ("title",)}
