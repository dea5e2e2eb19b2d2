from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "printora_integration.reconciliation"
    label = "printora_reconciliation"
    verbose_name = "Printora reconciliation"
    default_auto_field = "django.db.models.BigAutoField"
