from django.urls import path

from .webhooks import views

app_name = "printora"
urlpatterns = [
    path("printora/", views.receive, name="webhook"),
    # A redirect to the slash would lose the body, so the address without it is an address too.
    path("printora", views.receive),
]
