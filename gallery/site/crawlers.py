"""The files that browsers and search engines ask every site for: robots.txt, sitemap.xml, icon."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from gallery.models import Artwork

MAX_SITEMAP_URLS = 50_000  # the sitemap protocol's own limit


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Allow crawlers the pictures, and disallow what belongs to one visitor or to staff."""
    private = ("/admin/", "/accounts/", "/callback/", "/dashboard/", "/art/*/print/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines += ["", f"Sitemap: {urljoin(str(settings.APP_URL), reverse('gallery:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the gallery and its artworks, newest first."""
    artworks = Artwork.objects.descending("published_at").only("slug", "published_at")
    context = {"artworks": artworks[: MAX_SITEMAP_URLS - 1], "home": f"{settings.APP_URL}/"}
    return render(request, "gallery/sitemap.xml", context, content_type="application/xml")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Redirect browsers that ask at the old address to the icon."""
    return HttpResponseRedirect(static("img/favicon.ico"))
