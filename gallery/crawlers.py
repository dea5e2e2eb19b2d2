"""Answer what browsers and search engines ask of every site: robots.txt, sitemap.xml, an icon."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from gallery.models import Artwork

MOST_ADDRESSES = 50_000  # that one sitemap may hold


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Welcome crawlers to the pictures, and keep them from what is somebody's own."""
    private = ("/admin/", "/accounts/", "/callback/", "/dashboard/", "/art/*/print/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines += ["", f"Sitemap: {urljoin(str(settings.APP_URL), reverse('gallery:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the wall, and the artworks with the newest first."""
    artworks = Artwork.objects.by("published_at").only("slug", "published_at")
    context = {"artworks": artworks[: MOST_ADDRESSES - 1], "home": f"{settings.APP_URL}/"}
    return render(request, "gallery/sitemap.xml", context, content_type="application/xml")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead those who ask at the old address to the icon."""
    return HttpResponseRedirect(static("img/favicon.ico"))
