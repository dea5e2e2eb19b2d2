from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """The gallery's configuration."""

    name = "gallery"
    default_auto_field = "django.db.models.BigAutoField"
