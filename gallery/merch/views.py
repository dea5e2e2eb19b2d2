"""Show creators and their merch, and sell it: flow B (all merch) and flow C (one item)."""

from http import HTTPStatus

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gallery.models import Artwork, Creator, MerchItem
from gallery.models.merch import CURRENCY
from gallery.site.print_failed import print_failed_response
from printora_integration.client import PrintChoice
from printora_integration.exceptions import (
    NotFoundError,
    PrintoraError,
    RateLimitError,
    RequestInvalidError,
    ServerError,
    TransportError,
)
from printora_integration.models import PrintSession
from printora_integration.print_sessions.start import start_print_session
from printora_integration.print_sessions.visitors import visitor_id

from .choice import Choice, read_choice
from .clients import get_item_client, get_session_client
from .sync import sync_item


@require_safe
def creators(request: HttpRequest) -> HttpResponse:
    """List the creators, with the newest pictures of each."""
    artworks = Artwork.objects.order_by("creator", "-published_at")
    rows = (
        Creator.objects.annotate(
            artwork_count=Count("artworks", distinct=True),
            item_count=Count(
                "merch", filter=Q(merch__in=MerchItem.objects.for_sale()), distinct=True
            ),
        )
        .prefetch_related(Prefetch("artworks", artworks))
        .order_by("name")
    )
    return render(request, "gallery/merch/creators.html", {"creators": rows})


@require_safe
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one creator: the merch and the pictures."""
    creator = get_object_or_404(Creator, slug=slug)
    # The visitor's cookie must be there before the first click.
    artworks = Artwork.objects.for_tiles(visitor_id(request)).filter(creator=creator)
    items = (
        creator.merch.select_related("creator", "artwork").for_sale()
        if creator.is_selling
        else MerchItem.objects.none()
    )
    context = {"creator": creator, "artworks": artworks, "items": items, "currency": CURRENCY}
    return render(request, "gallery/merch/creator.html", context)


@require_http_methods(["POST", "GET", "HEAD"])
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """Flow B: send the visitor to all merch of a creator at Printora."""
    creator = get_object_or_404(Creator, slug=slug)
    if request.method != "POST" or not creator.is_selling:
        return redirect(creator)
    picture_url = _picture_url(creator)
    try:
        session = start_print_session(
            PrintChoice(creator_id=creator.printora_id),
            visitor=visitor_id(request),
            reference=f"creator/{creator.slug}",
            title=f"Merch of {creator.name}",
            back_url=creator.get_absolute_url(),
            picture_url=picture_url,
        )
    except PrintoraError as error:
        back_url = creator.get_absolute_url()
        return print_failed_response(
            request, error, title=creator.name, back_url=back_url, image_url=picture_url
        )
    return HttpResponseRedirect(session.redirect_url, status=HTTPStatus.SEE_OTHER)


@require_safe
def merch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one item, with its colours, sizes, price and stock."""
    visitor_id(request)  # the cookie must be there before the first click
    return _render_item(request, _get_item(slug, pk), Choice())


@require_http_methods(["POST", "GET", "HEAD"])
def print_merch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Flow C: send the visitor to Printora with one item, its variant and quantity chosen.

    The item is read from Printora first, so the visitor learns of a new price or of missing stock
    here, before leaving.
    """
    item = _get_item(slug, pk)
    if request.method != "POST":
        return redirect(item)
    try:
        item = _sync_if_possible(item)
        choice = read_choice(item, request.POST)
        if choice.problem:
            return _render_item(request, item, choice, status=HTTPStatus.CONFLICT)
        session = _start_session(request, item, choice)
    except NotFoundError:
        item.deactivate()
        choice = Choice(problem="This item is no longer sold.")
        return _render_item(request, item, choice, status=HTTPStatus.GONE)
    except RequestInvalidError as error:
        return _refused_response(request, item, error)
    except PrintoraError as error:
        return _failed_response(request, item, error)
    return HttpResponseRedirect(session.redirect_url, status=HTTPStatus.SEE_OTHER)


def _sync_if_possible(item: MerchItem) -> MerchItem:
    """Return the item as Printora has it now, or our copy where Printora does not answer at once.

    Printora itself refuses what is sold out; this only shows it earlier, with a better message.
    """
    try:
        return sync_item(item, get_item_client())
    except (TransportError, RateLimitError, ServerError):
        return item


def _start_session(request: HttpRequest, item: MerchItem, choice: Choice) -> PrintSession:
    return start_print_session(
        PrintChoice(
            merch_id=item.printora_id,
            variant_id=choice.variant.id if choice.variant else None,
            quantity=choice.quantity,
        ),
        visitor=visitor_id(request),
        reference=f"merch/{item.pk}",
        title=item.title,
        back_url=item.get_absolute_url(),
        picture_url=item.picture_url,
        client=get_session_client(),
    )


def _refused_response(request: HttpRequest, item: MerchItem, error: PrintoraError) -> HttpResponse:
    """Show the item again if it was sold out between our two calls, else the failed page."""
    try:
        item = sync_item(item, get_item_client())
    except PrintoraError:
        return _failed_response(request, item, error)
    choice = read_choice(item, request.POST)
    if choice.problem:
        return _render_item(request, item, choice, status=HTTPStatus.CONFLICT)
    return _failed_response(request, item, error)


def _failed_response(request: HttpRequest, item: MerchItem, error: PrintoraError) -> HttpResponse:
    return print_failed_response(
        request,
        error,
        title=item.title,
        image_url=item.picture_url,
        back_url=item.get_absolute_url(),
        choice={name: request.POST.get(name, "") for name in Choice.FIELDS},
    )


def _render_item(
    request: HttpRequest, item: MerchItem, choice: Choice, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"item": item, "choice": choice, "currency": CURRENCY}
    return render(request, "gallery/merch/item.html", context, status=status)


def _get_item(slug: str, pk: int) -> MerchItem:
    items = MerchItem.objects.for_sale().select_related("creator", "artwork")
    return get_object_or_404(items, pk=pk, creator__slug=slug)


def _picture_url(creator: Creator) -> str:
    """Return a picture for a session of all merch: the first item's, or the creator's newest."""
    item = creator.merch.all().for_sale().exclude(picture_url="").first()
    if item is not None:
        return item.picture_url
    newest = creator.artworks.order_by("-published_at").first()
    return newest.master_url if newest else ""
