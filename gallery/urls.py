from django.urls import path

from gallery import crawlers, create_session, guide, views
from gallery.merch import shelf
from gallery.studio import creators as studio
from gallery.studio import items
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
    path("studio/", studio.home, name="studio"),
    path("studio/refresh/", studio.refresh, name="studio_refresh"),
    path("studio/new-creator/", studio.new, name="studio_new_creator"),
    path("studio/<slug:slug>/", studio.creator, name="studio_creator"),
    path("studio/<slug:slug>/connect/", studio.connect, name="studio_connect"),
    path("studio/<slug:slug>/creator/", studio.edit, name="studio_edit_creator"),
    path("studio/<slug:slug>/status/", studio.set_status, name="studio_status"),
    path("studio/<slug:slug>/refresh/", studio.refresh_one, name="studio_refresh_one"),
    path("studio/<slug:slug>/sales/", studio.sales, name="studio_sales"),
    path("studio/<slug:slug>/new/", items.new, name="studio_new"),
    path("studio/<slug:slug>/<int:pk>/", items.edit, name="studio_edit"),
    path("studio/<slug:slug>/<int:pk>/state/", items.set_state, name="studio_state"),
    path("studio/<slug:slug>/<int:pk>/delete/", items.delete, name="studio_delete"),
    path("studio/<slug:slug>/<int:pk>/editor/", items.open_editor, name="studio_editor"),
    path("studio/<slug:slug>/<int:pk>/link/", items.new_editor_link, name="studio_editor_link"),
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
