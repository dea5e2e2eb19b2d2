from django.apps import AppConfig


class PrintoraIntegrationConfig(AppConfig):
    name = "printora_integration"
    verbose_name = "Printora"
    # As its migrations were made, whatever the project around it prefers.
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 -- importing registers them
