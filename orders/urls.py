from django.urls import path

from . import callbacks, dashboard, my_prints

app_name = "orders"
urlpatterns = [
    path("callback/success/", callbacks.success, name="callback_success"),
    path("callback/success/state/", callbacks.success_state, name="callback_success_state"),
    path("callback/failed/", callbacks.failed, name="callback_failed"),
    path("my-prints/", my_prints.my_prints, name="my_prints"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    # path: an order id is opaque, and may hold a slash.
    path("dashboard/orders/<path:order_id>/", dashboard.order_detail, name="order"),
]
