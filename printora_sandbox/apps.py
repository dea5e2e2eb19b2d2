from pathlib import Path

from django.apps import AppConfig
from django.db import connection


class SandboxConfig(AppConfig):
    """The only Django app of the sandbox."""

    name = "printora_sandbox"
    label = "sandbox"
    verbose_name = "Printora sandbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the folder of an SQLite database, which SQLite itself does not make."""
        if connection.vendor == "sqlite":
            folder = Path(connection.settings_dict["NAME"]).parent
            folder.mkdir(parents=True, exist_ok=True)
