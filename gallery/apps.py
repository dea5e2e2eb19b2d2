from django.apps import AppConfig

GROUP = "Merch studio"
GROUP_PERMISSIONS = (
    *("gallery.manage_merch", "gallery.view_merchitem"),
    *("gallery.view_creator", "gallery.view_artwork"),
)


class GalleryConfig(AppConfig):
    """The gallery's configuration."""

    name = "gallery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receiver that creates the group of staff."""
        from pages.groups import create_group_after_migrate

        create_group_after_migrate(self, GROUP, GROUP_PERMISSIONS)
