from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """The only Django app of the sandbox."""

    name = "printora_sandbox"
    label = "sandbox"
    verbose_name = "Printora sandbox"
    default_auto_field = "django.db.models.BigAutoField"
