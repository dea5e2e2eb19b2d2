from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        from printora_integration.signals import event_changed, order_event

        from .receivers import apply_event, flag_changed_event

        order_event.connect(apply_event, dispatch_uid="orders.apply_event")
        event_changed.connect(flag_changed_event, dispatch_uid="orders.flag_changed_event")
