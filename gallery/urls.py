from django.urls import path

from gallery.artworks import views as artworks
from gallery.engagement import views as engagement
from gallery.guide import views as guide
from gallery.guide.create_session import create_session
from gallery.merch import views as merch
from gallery.site import crawlers
from gallery.site.theme import set_theme
from gallery.studio import creator_views as studio
from gallery.studio import item_views as studio_items
from gallery.uploads import views as uploads

app_name = "gallery"

urlpatterns = [
    path("", artworks.index, name="index"),
    path("art/<slug:slug>/", artworks.artwork, name="artwork"),
    path("art/<slug:slug>/print/", artworks.print_artwork, name="print"),
    path("art/<slug:slug>/like/", engagement.like_artwork, name="like"),
    path("art/<slug:slug>/seen/", engagement.record_view, name="seen"),
    path("creators/", merch.creators, name="creators"),
    path("creators/<slug:slug>/", merch.creator, name="creator"),
    path("creators/<slug:slug>/shop/", merch.shop, name="shop"),
    path("creators/<slug:slug>/merch/<int:pk>/", merch.merch, name="merch"),
    path("creators/<slug:slug>/merch/<int:pk>/print/", merch.print_merch, name="merch_print"),
    path("studio/", studio.home, name="studio"),
    path("studio/refresh/", studio.refresh, name="studio_refresh"),
    path("studio/new-creator/", studio.new, name="studio_new_creator"),
    path("studio/<slug:slug>/", studio.creator, name="studio_creator"),
    path("studio/<slug:slug>/connect/", studio.connect, name="studio_connect"),
    path("studio/<slug:slug>/creator/", studio.edit, name="studio_edit_creator"),
    path("studio/<slug:slug>/status/", studio.set_status, name="studio_status"),
    path("studio/<slug:slug>/refresh/", studio.refresh_one, name="studio_refresh_one"),
    path("studio/<slug:slug>/sales/", studio.sales, name="studio_sales"),
    path("studio/<slug:slug>/new/", studio_items.new, name="studio_new"),
    path("studio/<slug:slug>/<int:pk>/", studio_items.edit, name="studio_edit"),
    path("studio/<slug:slug>/<int:pk>/state/", studio_items.set_state, name="studio_state"),
    path("studio/<slug:slug>/<int:pk>/delete/", studio_items.delete, name="studio_delete"),
    path("studio/<slug:slug>/<int:pk>/editor/", studio_items.open_editor, name="studio_editor"),
    path(
        "studio/<slug:slug>/<int:pk>/link/", studio_items.new_editor_link, name="studio_editor_link"
    ),
    path("create-session/", create_session, name="create_session"),
    path("guide/", guide.guide, name="guide"),
    path("upload/", uploads.upload_form, name="upload_form"),
    path("upload/<str:name>/", uploads.upload, name="upload"),
    path("upload/<str:name>/print/", uploads.print_upload, name="upload_print"),
    path("upload/<str:name>/delete/", uploads.delete_upload, name="upload_delete"),
    path("uploads/<str:name>.<str:extension>", uploads.upload_file, name="upload_file"),
    path("theme/", set_theme, name="theme"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
]
