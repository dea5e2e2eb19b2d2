"""The hosted editor: the visitor's picture on a product of their choice."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from printora_sandbox.catalog import PRODUCTS
from printora_sandbox.partners import partner_by_id
from printora_sandbox.pictures import picture_on
from printora_sandbox.sessions import give_up, visit

from .choice import QUANTITY_MAX, read_choice
from .closed import closed_link, unknown_link
from .placing import STEPS, sliders_of
from .ways_back import SeeOther, cancelled_url


@never_cache
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the editor; the first visit makes the session active."""
    session = visit(token)
    if session is None:
        return unknown_link(request)
    if not session.is_open:
        return closed_link(request, session)
    choice = read_choice(request.GET)
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "products": PRODUCTS,
        "choice": choice,
        "picture": picture_on(
            choice.variant, image_url=session.image_url, placement=choice.placement
        ),
        "steps": STEPS,
        "sliders": sliders_of(choice.placement),
        "placement_query": urlencode(choice.placement.fields()),
        "quantity_max": QUANTITY_MAX,
    }
    return render(request, "sandbox/editor.html", context)


@never_cache
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel the session and send the visitor back."""
    session = give_up(token)
    if session is None:
        return unknown_link(request)
    if hasattr(session, "order"):
        return closed_link(request, session)
    return SeeOther(cancelled_url(session))
