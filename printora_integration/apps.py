from django.apps import AppConfig


class PrintoraIntegrationConfig(AppConfig):
    name = "printora_integration"
    verbose_name = "Printora"

    def ready(self) -> None:
        from . import checks  # noqa: F401 -- importing registers them
