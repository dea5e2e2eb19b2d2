from django.urls import path

from gallery import crawlers, create_session, guide, views
from gallery.merch import shelf
from gallery.uploads import views as uploads

app_name = "gallery"

urlpatterns = [
    path("", views.index, name="index"),
    path("art/<slug:slug>/", views.artwork, name="artwork"),
    path("art/<slug:slug>/print/", views.print_artwork, name="print"),
    path("art/<slug:slug>/like/", views.like_artwork, name="like"),
    path("art/<slug:slug>/seen/", views.see_artwork, name="seen"),
    path("creators/", shelf.creators, name="creators"),
    path("creators/<slug:slug>/", shelf.creator, name="creator"),
    path("creators/<slug:slug>/shop/", shelf.shop, name="shop"),
    path("creators/<slug:slug>/merch/<int:pk>/", shelf.merch, name="merch"),
    path("creators/<slug:slug>/merch/<int:pk>/print/", shelf.print_merch, name="merch_print"),
    path("create-session/", create_session.create_session, name="create_session"),
    path("guide/", guide.guide, name="guide"),
    path("upload/", uploads.upload_form, name="upload_form"),
    path("upload/<str:name>/", uploads.upload, name="upload"),
    path("upload/<str:name>/print/", uploads.print_upload, name="upload_print"),
    path("upload/<str:name>/delete/", uploads.delete_upload, name="upload_delete"),
    path("uploads/<str:name>.<str:extension>", uploads.upload_file, name="upload_file"),
    path("theme/", views.theme, name="theme"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
]
