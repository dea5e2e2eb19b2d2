from django.urls import path

from gallery import views

app_name = "gallery"

urlpatterns = [
    path("", views.index, name="index"),
    path("art/<slug:slug>/", views.artwork, name="artwork"),
    path("art/<slug:slug>/print/", views.print_artwork, name="print"),
    path("theme/", views.theme, name="theme"),
]
