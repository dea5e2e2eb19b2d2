"""Show creators and their merch, and sell it: flow B (the whole shelf) and flow C (one item)."""

import logging

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gallery.apologies import apologise
from gallery.models import Artwork, Creator, MerchItem
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

from .choice import Choice, choose
from .clients import looking_client, starting_client
from .mirror import refresh_item
from .models import CURRENCY

logger = logging.getLogger(__name__)

SEE_OTHER = 303


@require_safe
def creators(request: HttpRequest) -> HttpResponse:
    """Show who makes the pictures, with the newest of each."""
    works = Artwork.objects.order_by("creator", "-published_at")
    found = (
        Creator.objects.annotate(
            works=Count("artworks", distinct=True),
            items=Count("merch", filter=Q(merch__in=MerchItem.objects.for_sale()), distinct=True),
        )
        .prefetch_related(Prefetch("artworks", works))
        .order_by("name")
    )
    return render(request, "gallery/creators.html", {"creators": found})


@require_safe
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one creator: merch on the shelf, pictures on the wall."""
    who = get_object_or_404(Creator, slug=slug)
    # The visitor's cookie must be there before the first click.
    works = Artwork.objects.for_tiles(visitor_id(request)).filter(creator=who)
    shelf = (
        who.merch.select_related("creator", "artwork").for_sale()
        if who.sells
        else MerchItem.objects.none()
    )
    context = {"creator": who, "works": works, "shelf": shelf, "currency": CURRENCY}
    return render(request, "gallery/creator.html", context)


@require_http_methods(["POST", "GET", "HEAD"])
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """Flow B: send the visitor to a creator's whole shelf at Printora."""
    who = get_object_or_404(Creator, slug=slug)
    if request.method != "POST" or not who.sells:
        return redirect(who)
    picture = _picture_of(who)
    try:
        session = start_print_session(
            PrintChoice(creator_id=who.printora_id),
            visitor=visitor_id(request),
            reference=f"creator/{who.slug}",
            title=f"The shelf of {who.name}",
            back_url=who.get_absolute_url(),
            picture_url=picture,
        )
    except PrintoraError as error:
        logger.warning("No print session for a shelf: %s", type(error).__name__)
        return apologise(
            request, error, title=who.name, image_url=picture, back_url=who.get_absolute_url()
        )
    return HttpResponseRedirect(session.redirect_url, status=SEE_OTHER)


@require_safe
def merch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one item, with its colours, sizes, price and stock."""
    visitor_id(request)  # the cookie must be there before the first click
    return _item_page(request, _item(slug, pk), Choice())


@require_http_methods(["POST", "GET", "HEAD"])
def print_merch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Flow C: send the visitor to Printora with one item, its variant and quantity chosen.

    Printora is asked for the item first: a price that has changed and stock that is gone are said
    here, before the visitor leaves.
    """
    item = _item(slug, pk)
    if request.method != "POST":
        return redirect(item)
    try:
        item = _looked_at_again(item)
        choice = choose(item, request.POST)
        if choice.problem:
            return _item_page(request, item, choice, status=409)
        session = _start(request, item, choice)
    except NotFoundError:
        item.take_off()
        return _item_page(request, item, Choice(problem="This item is no longer sold."), status=410)
    except RequestInvalidError as error:
        return _sold_meanwhile(request, item, error)
    except PrintoraError as error:
        return _apologise(request, item, error)
    return HttpResponseRedirect(session.redirect_url, status=SEE_OTHER)


def _looked_at_again(item: MerchItem) -> MerchItem:
    """Return the item as Printora has it now, or ours where it does not say so at once.

    Printora itself refuses what is sold out; our look only says so earlier and better.
    """
    try:
        return refresh_item(item, looking_client())
    except (TransportError, RateLimitError, ServerError):
        return item


def _start(request: HttpRequest, item: MerchItem, choice: Choice) -> PrintSession:
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
        client=starting_client(),
    )


def _sold_meanwhile(request: HttpRequest, item: MerchItem, error: PrintoraError) -> HttpResponse:
    """Say so when the stock went between our look and the call; else apologise."""
    try:
        item = refresh_item(item, looking_client())
    except PrintoraError:
        return _apologise(request, item, error)
    choice = choose(item, request.POST)
    if choice.problem:
        return _item_page(request, item, choice, status=409)
    return _apologise(request, item, error)


def _apologise(request: HttpRequest, item: MerchItem, error: PrintoraError) -> HttpResponse:
    logger.warning("No print session for merch: %s", type(error).__name__)
    return apologise(
        request,
        error,
        title=item.title,
        image_url=item.picture_url,
        back_url=item.get_absolute_url(),
        choice={name: request.POST.get(name, "") for name in Choice.FIELDS},
    )


def _item_page(
    request: HttpRequest, item: MerchItem, choice: Choice, *, status: int = 200
) -> HttpResponse:
    context = {"item": item, "choice": choice, "currency": CURRENCY}
    return render(request, "gallery/merch.html", context, status=status)


def _item(slug: str, pk: int) -> MerchItem:
    items = MerchItem.objects.for_sale().select_related("creator", "artwork")
    return get_object_or_404(items, pk=pk, creator__slug=slug)


def _picture_of(who: Creator) -> str:
    """Return a picture to remember a shelf by: its first item's, or the creator's newest."""
    item = who.merch.all().for_sale().exclude(picture_url="").first()
    if item is not None:
        return item.picture_url
    newest = who.artworks.order_by("-published_at").first()
    return newest.master_url if newest else ""
