"""Likes and views of an artwork."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gallery.models import Artwork, Engagement
from pages.access import next_url
from pages.htmx import HtmxHttpRequest
from printora_integration.print_sessions.visitors import visitor_id

from .counters import like, record, unlike


@require_POST
def like_artwork(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Like an artwork (`liked=yes`) or unlike it (`liked=no`); without either, toggle.

    The button sends the state that it asks for, so a double click is one like. htmx gets the new
    button; a browser without JavaScript is sent back to the page that it came from.
    """
    visitor = visitor_id(request)
    artwork = get_object_or_404(Artwork, slug=slug)
    toggled = "no" if artwork.is_liked_by(visitor) else "yes"
    change = like if request.POST.get("liked", toggled) == "yes" else unlike
    change(artwork, visitor=visitor)
    if not request.htmx:
        address = next_url(request, reverse("gallery:index"))
        return HttpResponseRedirect(f"{address}#art-{slug}", status=HTTPStatus.SEE_OTHER)
    place = "ticket" if request.POST.get("place") == "ticket" else "tile"
    artworks = Artwork.objects.with_likes_of(visitor)
    context = {"artwork": artworks.get(pk=artwork.pk), "place": place}
    return render(request, "gallery/artworks/_like.html", context)


@require_POST
def record_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Count a visitor's view of an artwork, once a day.

    The page's script sends this when the picture is visible. A GET of the page has no effect, so
    neither prefetching nor a crawler counts.
    """
    artwork = get_object_or_404(Artwork, slug=slug)
    record(artwork, Engagement.Kind.VIEW, visitor=visitor_id(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
