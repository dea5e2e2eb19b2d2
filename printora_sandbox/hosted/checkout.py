"""The hosted checkout: the visitor's address, then the order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.checkout import Choice, LinkClosedError, NotOfferedError, place_order
from printora_sandbox.models import Draft, Session
from printora_sandbox.partners import partner_by_id
from printora_sandbox.pictures import picture_on
from printora_sandbox.sessions import visit
from printora_sandbox.stock import SoldOutError

from .choice import fields_of, query_of
from .closed import closed_link, not_enough_left, not_for_sale, unknown_link
from .forms import CheckoutForm, prefilled, typed
from .goods import choice_in, exact_choice_in
from .ways_back import SeeOther


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form, or take it and place the order."""
    session = visit(token)
    if session is None:
        return unknown_link(request)
    if request.method == "POST":
        return _place(request, session)
    if not session.is_open:
        return closed_link(request, session)
    choice = choice_in(session, request.GET)
    if choice is None:
        return SeeOther(reverse("editor", args=[session.token]))
    return _page(request, session, choice, CheckoutForm(initial=prefilled(session)))


def _place(request: HttpRequest, session: Session) -> HttpResponse:
    """Place the order; a second press finds the first one's order and goes the same way."""
    if hasattr(session, "order"):
        return SeeOther(session.order.payment_url)
    if not session.is_open:
        return closed_link(request, session)
    choice = exact_choice_in(session, request.POST)
    if choice is None or "change" in request.POST:
        return _back_to_editor(request, session, choice)
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, session, choice, form, status=422)
    return _order(request, session, choice, form)


def _order(
    request: HttpRequest, session: Session, choice: Choice, form: CheckoutForm
) -> HttpResponse:
    """Place the order, or say why it came too late; what was typed is kept for another try."""
    Draft.keep(session, typed(request.POST))
    try:
        order = place_order(token=session.token, choice=choice, customer=form.customer())
    except LinkClosedError:
        session.refresh_from_db()
        return closed_link(request, session)
    except NotOfferedError:
        return not_for_sale(request, session)
    except SoldOutError as error:
        return not_enough_left(request, session, choice, remaining=error.remaining)
    Draft.forget(session)
    return SeeOther(order.payment_url)


def _back_to_editor(request: HttpRequest, session: Session, choice: Choice | None) -> HttpResponse:
    """Let the visitor choose again, and keep what was typed until they come back."""
    Draft.keep(session, typed(request.POST))
    query = f"?{query_of(choice)}" if choice else ""
    return SeeOther(reverse("editor", args=[session.token]) + query)


def _page(
    request: HttpRequest, session: Session, choice: Choice, form: CheckoutForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "choice": choice,
        "choice_fields": fields_of(choice),
        "picture": picture_on(
            choice.variant, image_url=session.image_url, placement=choice.placement
        ),
        "form": form,
    }
    return render(request, "sandbox/checkout.html", context, status=status)
