from django.urls import path

from . import actions, faults, fulfilment, pages
from .api import api

urlpatterns = [
    path("", pages.orders, name="console"),
    path("sessions/", pages.sessions, name="console-sessions"),
    path("merch/", pages.merch, name="console-merch"),
    path("deliveries/", pages.deliveries, name="console-deliveries"),
    path("faults/", faults.edit, name="console-faults"),
    path("fulfilment/", fulfilment.edit, name="console-fulfilment"),
    path("orders/<uuid:order_id>/<str:step>/", actions.move_order, name="console-move-order"),
    path("deliveries/<uuid:delivery_id>/again/", actions.send_again, name="console-send-again"),
    path("api/", api.urls),
]
