"""Flows B and C: a creator's shelf, and the page of one of its items."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from printora_sandbox.catalog import Colour, Size
from printora_sandbox.checkout import Choice
from printora_sandbox.models import Merch, Session
from printora_sandbox.partners import partner_by_id
from printora_sandbox.pictures import Picture, picture_of_merch, picture_on

from .choice import QUANTITY_MAX
from .goods import shelf_of


class ShelfItem:
    """An item as the shelf shows it; prices are in US dollars."""

    def __init__(self, merch: Merch) -> None:
        self.merch = merch
        self.picture: Picture = picture_of_merch(merch)
        prices = [variant.size.price for variant in merch.variants]
        self.from_price, self.to_price = min(prices), max(prices)
        self.colours = colours_of(merch)


def show_shelf(request: HttpRequest, session: Session) -> HttpResponse:
    """Show what the creator sells."""
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "creator": session.creator,
        "items": [ShelfItem(merch) for merch in shelf_of(session)],
    }
    return render(request, "sandbox/shelf.html", context)


def show_item(request: HttpRequest, session: Session, choice: Choice, merch: Merch) -> HttpResponse:
    """Show one item in the chosen colour and size."""
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "creator": merch.creator,
        "merch": merch,
        "choice": choice,
        "colours": colours_of(merch),
        "sizes": _sizes(merch, choice.variant.colour),
        "picture": picture_on(
            choice.variant, image_url=merch.design_image_url, placement=choice.placement
        ),
        "quantity_max": min(QUANTITY_MAX, merch.stock_remaining or QUANTITY_MAX),
    }
    return render(request, "sandbox/item.html", context)


def colours_of(merch: Merch) -> tuple[Colour, ...]:
    """Return the colours an item is offered in, each once."""
    return tuple(dict.fromkeys(variant.colour for variant in merch.variants))


def _sizes(merch: Merch, colour: Colour) -> tuple[Size, ...]:
    return tuple(variant.size for variant in merch.variants if variant.colour == colour)
