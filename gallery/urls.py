from django.urls import path

from gallery import crawlers, views

app_name = "gallery"

urlpatterns = [
    path("", views.index, name="index"),
    path("art/<slug:slug>/", views.artwork, name="artwork"),
    path("art/<slug:slug>/print/", views.print_artwork, name="print"),
    path("art/<slug:slug>/like/", views.like_artwork, name="like"),
    path("art/<slug:slug>/seen/", views.see_artwork, name="seen"),
    path("theme/", views.theme, name="theme"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
]
