from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        from printora_integration.signals import order_event

        from .receivers import apply_event

        order_event.connect(apply_event, dispatch_uid="orders.apply_event")
