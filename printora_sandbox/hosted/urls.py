from django.urls import path

from . import checkout, editor, merch_editor, mockup, payment

urlpatterns = [
    path("print/<str:token>", editor.show, name="editor"),
    path("print/<str:token>/checkout", checkout.show, name="checkout"),
    path("print/<str:token>/cancel", editor.cancel, name="cancel"),
    path("pay/<str:token>", payment.show, name="payment"),
    path("merch/<str:product>/<str:token>", merch_editor.show, name="merch_editor"),
    path("catalog/<str:product>/<str:colour>.svg", mockup.show, name="mockup"),
]
