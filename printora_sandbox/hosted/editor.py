"""The page of a session's link: the editor of flow A, the storefront of B, the item of C."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from printora_sandbox.catalog import PRODUCTS
from printora_sandbox.mockups import mockup_of_variant
from printora_sandbox.models import Session, SessionMode
from printora_sandbox.orders.checkout import Choice
from printora_sandbox.partners import partner_by_id
from printora_sandbox.redirects import SeeOther
from printora_sandbox.sessions import cancel_session, visit

from .callback_urls import cancelled_url
from .choice import MAX_QUANTITY
from .error_pages import ended_session_page, not_for_sale_page, unknown_link_page
from .offers import session_choice
from .placement_controls import NUDGE_BUTTONS, placement_sliders
from .storefront import show_item, show_storefront


@never_cache
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page of the session's flow; the first visit makes the session active."""
    session = visit(token)
    if session is None:
        return unknown_link_page(request)
    if not session.is_open:
        return ended_session_page(request, session)
    choice = session_choice(session, request.GET)
    if choice and choice.merch:
        return show_item(request, session, choice, choice.merch)
    if choice:
        return _show_editor(request, session, choice)
    if session.mode == SessionMode.CREATOR and "merch" not in request.GET:
        return show_storefront(request, session)
    return not_for_sale_page(request, session)


def _show_editor(request: HttpRequest, session: Session, choice: Choice) -> HttpResponse:
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "products": PRODUCTS,
        "choice": choice,
        "mockup": mockup_of_variant(
            choice.variant, image_url=session.image_url, placement=choice.placement
        ),
        "nudge_buttons": NUDGE_BUTTONS,
        "sliders": placement_sliders(choice.placement),
        "placement_query": urlencode(choice.placement.fields()),
        "quantity_max": MAX_QUANTITY,
    }
    return render(request, "sandbox/editor.html", context)


@never_cache
@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel the session and redirect the visitor to the partner."""
    session = cancel_session(token)
    if session is None:
        return unknown_link_page(request)
    if hasattr(session, "order"):
        return ended_session_page(request, session)
    return SeeOther(cancelled_url(session))
