from django.urls import path

from . import callbacks, dashboard, order_actions

app_name = "orders"
urlpatterns = [
    path("callback/success/", callbacks.success, name="callback_success"),
    path("callback/success/state/", callbacks.success_state, name="callback_success_state"),
    path("callback/failed/", callbacks.failed, name="callback_failed"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    # path: an order id is opaque, and may hold a slash.
    path("dashboard/orders/<path:order_id>/", dashboard.order_detail, name="order"),
    path("dashboard/flags/<int:pk>/seen/", order_actions.mark_seen, name="mark_seen"),
    path("dashboard/mails/<int:pk>/", order_actions.mail, name="mail"),
    path("dashboard/mails/<int:pk>/send-again/", order_actions.send_again, name="send_again"),
]
