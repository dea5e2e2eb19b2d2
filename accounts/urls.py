from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views

# Without a namespace: Django's settings and admin name "login" and "logout".
urlpatterns = [
    path("login/", views.SignInView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("second-factor/", views.SecondFactorView.as_view(), name="second_factor"),
    path("second-factor/code/", views.CodeView.as_view(), name="second_factor_code"),
    path(
        "second-factor/recovery/", views.RecoveryCodeView.as_view(), name="second_factor_recovery"
    ),
    path("second-factor/set-up/", views.SetUpView.as_view(), name="second_factor_set_up"),
]
