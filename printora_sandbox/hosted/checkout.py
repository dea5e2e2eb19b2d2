"""The checkout page: the visitor enters an address and places the order."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.mockups import mockup_of_variant
from printora_sandbox.models import Draft, Session
from printora_sandbox.orders.checkout import Choice, NotForSaleError, SessionEndedError, place_order
from printora_sandbox.orders.stock import SoldOutError
from printora_sandbox.partners import partner_by_id
from printora_sandbox.redirects import SeeOther
from printora_sandbox.sessions import visit

from .choice import choice_fields, choice_query
from .error_pages import ended_session_page, not_for_sale_page, out_of_stock_page, unknown_link_page
from .forms import CheckoutForm, initial_fields, submitted_fields
from .offers import complete_session_choice, session_choice


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the checkout form, or process it and place the order."""
    session = visit(token)
    if session is None:
        return unknown_link_page(request)
    if request.method == "POST":
        return _submit(request, session)
    if not session.is_open:
        return ended_session_page(request, session)
    choice = session_choice(session, request.GET)
    if choice is None:
        return SeeOther(reverse("editor", args=[session.token]))
    return _page(request, session, choice, CheckoutForm(initial=initial_fields(session)))


def _submit(request: HttpRequest, session: Session) -> HttpResponse:
    """Place the order; a second press redirects to the existing order's payment page."""
    if hasattr(session, "order"):
        return SeeOther(session.order.payment_url)
    if not session.is_open:
        return ended_session_page(request, session)
    choice = complete_session_choice(session, request.POST)
    if choice is None or "change" in request.POST:
        return _back_to_editor(request, session, choice)
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, session, choice, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _place_order(request, session, choice, form)


def _place_order(
    request: HttpRequest, session: Session, choice: Choice, form: CheckoutForm
) -> HttpResponse:
    """Place the order, or show why it failed; the draft keeps the form for another attempt."""
    Draft.save_fields(session, submitted_fields(request.POST))
    try:
        order = place_order(token=session.token, choice=choice, customer=form.customer())
    except SessionEndedError:
        session.refresh_from_db()
        return ended_session_page(request, session)
    except NotForSaleError:
        return not_for_sale_page(request, session)
    except SoldOutError as error:
        return out_of_stock_page(request, session, choice, remaining=error.remaining)
    Draft.discard(session)
    return SeeOther(order.payment_url)


def _back_to_editor(request: HttpRequest, session: Session, choice: Choice | None) -> HttpResponse:
    """Redirect the visitor to the editor and save the form as a draft."""
    Draft.save_fields(session, submitted_fields(request.POST))
    query = f"?{choice_query(choice)}" if choice else ""
    return SeeOther(reverse("editor", args=[session.token]) + query)


def _page(
    request: HttpRequest,
    session: Session,
    choice: Choice,
    form: CheckoutForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "session": session,
        "partner": partner_by_id(session.partner),
        "choice": choice,
        "choice_fields": choice_fields(choice),
        "mockup": mockup_of_variant(
            choice.variant, image_url=session.image_url, placement=choice.placement
        ),
        "form": form,
    }
    return render(request, "sandbox/checkout.html", context, status=status)
