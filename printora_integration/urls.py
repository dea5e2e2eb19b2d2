from django.urls import path

from . import webhooks

app_name = "printora"
urlpatterns = [
    path("printora/", webhooks.receive, name="webhook"),
    # A redirect to the slash would lose the body, so the address without it is an address too.
    path("printora", webhooks.receive),
]
