from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Register the gallery."""

    name = "gallery"
    default_auto_field = "django.db.models.BigAutoField"
