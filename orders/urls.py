from django.urls import path

from . import callbacks, my_prints, order_actions, reconciling
from .dashboard import deliveries, events, order_list, order_page, sessions

app_name = "orders"
urlpatterns = [
    path("callback/success/", callbacks.success, name="callback_success"),
    path("callback/success/state/", callbacks.success_state, name="callback_success_state"),
    path("callback/failed/", callbacks.failed, name="callback_failed"),
    path("my-prints/", my_prints.my_prints, name="my_prints"),
    path("dashboard/", order_list.dashboard, name="dashboard"),
    path("dashboard/news/", order_list.news, name="news"),
    path("dashboard/orders.csv", order_list.export, name="export"),
    path("dashboard/events/", events.events, name="events"),
    path("dashboard/events/<int:pk>/", events.event, name="event"),
    path("dashboard/events/refused/<int:pk>/", events.refused, name="refused"),
    path("dashboard/deliveries/", deliveries.deliveries, name="deliveries"),
    path("dashboard/deliveries/retry/", deliveries.retry, name="retry"),
    path("dashboard/deliveries/resend/", deliveries.resend, name="resend"),
    path("dashboard/deliveries/session/", deliveries.of_session, name="deliveries_of_session"),
    path("dashboard/sessions/", sessions.sessions, name="sessions"),
    path("dashboard/reconciliation/", reconciling.reconciliation, name="reconciliation"),
    # path: an order id is opaque, and may hold a slash.
    path("dashboard/orders/<path:order_id>/", order_page.order_detail, name="order"),
    path("dashboard/flags/<int:pk>/seen/", order_actions.mark_seen, name="mark_seen"),
    path("dashboard/mails/<int:pk>/", order_actions.mail, name="mail"),
    path("dashboard/mails/<int:pk>/send-again/", order_actions.send_again, name="send_again"),
]
