from django.urls import path

from gallery import guide, views

app_name = "gallery"

urlpatterns = [
    path("", views.index, name="index"),
    path("art/<slug:slug>/", views.artwork, name="artwork"),
    path("art/<slug:slug>/print/", views.print_artwork, name="print"),
    path("guide/", guide.guide, name="guide"),
    path("theme/", views.theme, name="theme"),
]
