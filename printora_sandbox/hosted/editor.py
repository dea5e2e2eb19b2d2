"""Where a link leads: the editor of flow A, the shelf of flow B, the item of flow C."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from printora_sandbox.catalog import PRODUCTS
from printora_sandbox.checkout import Choice
from printora_sandbox.models import Session, SessionMode
from printora_sandbox.partners import partner_by_id
from printora_sandbox.pictures import picture_on
from printora_sandbox.sessions import give_up, visit

from .choice import QUANTITY_MAX
from .closed import closed_link, not_for_sale, unknown_link
from .goods import choice_in
from .placing import STEPS, sliders_of
from .shelf import show_item, show_shelf
from .ways_back import SeeOther, cancelled_url


@never_cache
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link leads to; the first visit makes the session active."""
    session = visit(token)
    if session is None:
        return unknown_link(request)
    if not session.is_open:
        return closed_link(request, session)
    choice = choice_in(session, request.GET)
    if choice and choice.merch:
        return show_item(request, session, choice, choice.merch)
    if choice:
        return _show_editor(request, session, choice)
    if session.mode == SessionMode.CREATOR and "merch" not in request.GET:
        return show_shelf(request, session)
    return not_for_sale(request, session)


def _show_editor(request: HttpRequest, session: Session, choice: Choice) -> HttpResponse:
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
