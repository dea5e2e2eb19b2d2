from django.urls import path

from .dashboard import events, order_page, reconciliation, sessions
from .dashboard.order_list import views as order_list
from .dashboard.webhook_log import views as webhook_log
from .visitor_pages import callbacks, my_prints

app_name = "orders"
urlpatterns = [
    path("callback/success/", callbacks.success, name="callback_success"),
    path("callback/success/state/", callbacks.success_state, name="callback_success_state"),
    path("callback/failed/", callbacks.failed, name="callback_failed"),
    path("my-prints/", my_prints.my_prints, name="my_prints"),
    path("dashboard/", order_list.dashboard, name="dashboard"),
    path("dashboard/news/", order_list.new_orders, name="new_orders"),
    path("dashboard/orders.csv", order_list.export, name="export"),
    path("dashboard/events/", events.events, name="events"),
    path("dashboard/events/<int:pk>/", events.event, name="event"),
    path("dashboard/events/refused/<int:pk>/", events.refused_delivery, name="refused"),
    path("dashboard/deliveries/", webhook_log.webhook_log, name="deliveries"),
    path("dashboard/deliveries/retry/", webhook_log.retry, name="retry"),
    path("dashboard/deliveries/resend/", webhook_log.resend, name="resend"),
    path(
        "dashboard/deliveries/session/",
        webhook_log.session_webhook_log,
        name="deliveries_of_session",
    ),
    path("dashboard/sessions/", sessions.sessions, name="sessions"),
    path("dashboard/reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    # path: an order id is opaque, and may have a slash in it.
    path("dashboard/orders/<path:order_id>/", order_page.order_page, name="order"),
    path("dashboard/flags/<int:pk>/seen/", order_page.mark_flags_seen, name="mark_seen"),
    path("dashboard/mails/<int:pk>/", order_page.preview_mail, name="mail"),
    path("dashboard/mails/<int:pk>/send-again/", order_page.send_again, name="send_again"),
]
