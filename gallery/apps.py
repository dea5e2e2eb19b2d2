from django.apps import AppConfig
from django.db.models.signals import post_migrate

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
        post_migrate.connect(_create_groups, sender=self, dispatch_uid="gallery.create_groups")


def _create_groups(*, using: str, **signal: object) -> None:
    from pages.groups import create_group

    create_group(GROUP, GROUP_PERMISSIONS, apps=signal.get("apps"), using=using)
