from django.apps import AppConfig

GROUP = "Order desk"
GROUP_PERMISSIONS = (
    *("orders.view_order", "orders.change_order", "orders.view_notification"),
    *("orders.view_customer", "orders.export_order"),
    *("orders.resend_order", "orders.reconcile_order"),
    *("printora_integration.view_webhookevent", "printora_integration.view_refuseddelivery"),
    "printora_integration.view_printsession",
)


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        from pages.groups import create_group_after_migrate
        from printora_integration.signals import event_changed, order_event

        from .receivers import apply_event, flag_changed_event

        order_event.connect(apply_event, dispatch_uid="orders.apply_event")
        event_changed.connect(flag_changed_event, dispatch_uid="orders.flag_changed_event")
        create_group_after_migrate(self, GROUP, GROUP_PERMISSIONS)
