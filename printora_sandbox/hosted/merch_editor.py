"""The design editor: a creator places a design on a product and saves it once."""

from collections.abc import Mapping
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.api.fields import url_error
from printora_sandbox.merch.edit_sessions import (
    EditSessionError,
    ExpiredEditSessionError,
    UnknownEditSessionError,
    UsedEditSessionError,
    get_edit_session,
    save_design,
)
from printora_sandbox.mockups import mockup_of_merch, mockup_of_variant
from printora_sandbox.models import EditSession, Merch
from printora_sandbox.partners import partner_by_id
from printora_sandbox.placement import Placement
from printora_sandbox.redirects import SeeOther

from .error_pages import Message, message_page, unknown_link_page
from .placement_controls import NUDGE_BUTTONS, placement_sliders
from .storefront import colours_of

_SAVED = (
    "Design saved",
    "The item shows the new design from now on. The link can't be used again.",
)
_ERROR_TEXTS: Mapping[type[EditSessionError], tuple[str, str]] = {
    UsedEditSessionError: (
        "This design link has been used",
        "One link saves one design. Request a new link to change the design again.",
    ),
    ExpiredEditSessionError: (
        "This design link has expired",
        "A link works for one day. Request a new link; the design has not changed.",
    ),
}


class DesignForm(forms.Form):
    """The picture of a design."""

    image = forms.CharField(
        label="Picture address",
        max_length=2048,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the address of a picture."},
    )

    def clean_image(self) -> str:
        """Accept the same URLs as the API: https, or http on this machine."""
        url: str = self.cleaned_data["image"]
        if error := url_error(url):
            raise forms.ValidationError(f"The address {error}.")
        return url


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, product: str, token: str) -> HttpResponse:
    """Show the editor with the changes of its buttons; "Save" ends the edit session."""
    try:
        session = get_edit_session(token)
        if session.merch.product != product or not session.merch.variants:
            raise UnknownEditSessionError
        if "save" in request.POST:
            return _save(request, session)
    except EditSessionError as error:
        return _error_page(request, token, error)
    return _page(request, session, request.POST or request.GET)


def _save(request: HttpRequest, session: EditSession) -> HttpResponse:
    form = DesignForm(request.POST)
    if not form.is_valid():
        return _page(
            request, session, request.POST, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    save_design(
        session.token,
        konva_metadata=Placement.from_form(request.POST).to_konva(),
        design_image_url=form.cleaned_data["image"],
    )
    url = reverse("merch_editor", args=[session.merch.product, session.token])
    return SeeOther(f"{url}?saved=1")


def _page(
    request: HttpRequest,
    session: EditSession,
    data: Mapping[str, str],
    *,
    form: DesignForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    merch = session.merch
    placement = _placement(merch, data)
    variant = next((v for v in merch.variants if v.colour.slug == data.get("colour")), None)
    shown = variant or merch.variants[0]
    image = data.get("image", merch.design_image_url).strip()
    context = {
        "session": session,
        "merch": merch,
        "form": form or DesignForm(initial={"image": image}),
        "colour": shown.colour,
        "colours": colours_of(merch),
        "mockup": mockup_of_variant(
            shown, image_url="" if url_error(image) else image, placement=placement
        ),
        "nudge_buttons": NUDGE_BUTTONS,
        "sliders": placement_sliders(placement),
    }
    return render(request, "sandbox/merch_editor.html", context, status=status)


def _placement(merch: Merch, data: Mapping[str, str]) -> Placement:
    """Return the placement in the form, or else the saved one."""
    if "scale" not in data:
        return Placement.from_konva(merch.konva_metadata)
    return Placement.from_form(data).nudged(data.get("nudge", ""))


def _error_page(request: HttpRequest, token: str, error: EditSessionError) -> HttpResponse:
    """Return the page of a link that opens no editor."""
    if isinstance(error, UnknownEditSessionError):
        return unknown_link_page(request)
    session = EditSession.objects.select_related("merch__creator").get(token=token)
    saved = isinstance(error, UsedEditSessionError) and "saved" in request.GET
    title, text = _SAVED if saved else _ERROR_TEXTS[type(error)]
    merch = session.merch
    partner = partner_by_id(merch.creator.partner)
    message = Message(
        status=HTTPStatus.OK if saved else HTTPStatus.GONE,
        title=title,
        text=text,
        link=partner.home_url,
        link_text=f"Back to {partner.name}",
    )
    mockup = mockup_of_merch(merch) if merch.variants else None
    return message_page(request, message, mockup=mockup)
