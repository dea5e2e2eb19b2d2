"""Flows B and C: a creator's storefront, and the page of one of its items."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from printora_sandbox.catalog import Colour, Size
from printora_sandbox.mockups import Mockup, mockup_of_merch, mockup_of_variant
from printora_sandbox.models import Merch, Session
from printora_sandbox.orders.checkout import Choice
from printora_sandbox.partners import partner_by_id

from .choice import MAX_QUANTITY
from .offers import storefront_merch


class StorefrontItem:
    """An item in a storefront, with its mock-up and its prices in US dollars."""

    def __init__(self, merch: Merch) -> None:
        self.merch = merch
        self.mockup: Mockup = mockup_of_merch(merch)
        prices = [variant.size.price for variant in merch.variants]
        self.from_price, self.to_price = min(prices), max(prices)
        self.colours = colours_of(merch)


def show_storefront(request: HttpRequest, session: Session) -> HttpResponse:
    """Show the merch that the creator sells."""
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "creator": session.creator,
        "items": [StorefrontItem(merch) for merch in storefront_merch(session)],
    }
    return render(request, "sandbox/storefront.html", context)


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
        "mockup": mockup_of_variant(
            choice.variant, image_url=merch.design_image_url, placement=choice.placement
        ),
        "quantity_max": min(MAX_QUANTITY, merch.stock_remaining or MAX_QUANTITY),
    }
    return render(request, "sandbox/item.html", context)


def colours_of(merch: Merch) -> tuple[Colour, ...]:
    """Return the colours of an item's variants, each once."""
    return tuple(dict.fromkeys(variant.colour for variant in merch.variants))


def _sizes(merch: Merch, colour: Colour) -> tuple[Size, ...]:
    return tuple(variant.size for variant in merch.variants if variant.colour == colour)
