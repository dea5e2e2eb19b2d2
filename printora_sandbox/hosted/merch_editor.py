"""The merch design editor: a creator's design, placed on its product, saved once."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.api.fields import url_problem
from printora_sandbox.design import (
    ExpiredLinkError,
    LinkError,
    UnknownLinkError,
    UsedLinkError,
    open_link,
    save_design,
)
from printora_sandbox.models import EditSession, Merch
from printora_sandbox.partners import partner_by_id
from printora_sandbox.pictures import picture_of_merch, picture_on
from printora_sandbox.placement import Placement

from .closed import Notice, notice_page, unknown_link
from .placing import STEPS, sliders_of
from .shelf import colours_of
from .ways_back import SeeOther

_SAVED = ("Design saved", "Everything with this design shows it from now on. The link is used up.")
_WHY_CLOSED: Mapping[type[LinkError], tuple[str, str]] = {
    UsedLinkError: (
        "This design link has been used",
        "One link saves one design. Ask for a new link to change it once more.",
    ),
    ExpiredLinkError: (
        "This design link has expired",
        "A link is good for one day. Ask for a new one; the design is as it was.",
    ),
}


class DesignForm(forms.Form):
    """Which picture is printed."""

    image = forms.CharField(
        label="Picture address",
        max_length=2048,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the address of a picture."},
    )

    def clean_image(self) -> str:
        """Take what the API takes: https, or http on this machine."""
        url: str = self.cleaned_data["image"]
        if problem := url_problem(url):
            raise forms.ValidationError(f"The address {problem}.")
        return url


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, product: str, token: str) -> HttpResponse:
    """Show the editor, or what its buttons make of the design; "Save" uses the link up."""
    try:
        session = open_link(token)
        if session.merch.product != product or not session.merch.variants:
            raise UnknownLinkError
        if "save" in request.POST:
            return _save(request, session)
    except LinkError as error:
        return _closed(request, token, error)
    return _page(request, session, request.POST or request.GET)


def _save(request: HttpRequest, session: EditSession) -> HttpResponse:
    form = DesignForm(request.POST)
    if not form.is_valid():
        return _page(request, session, request.POST, form=form, status=422)
    save_design(
        session.token,
        konva_metadata=Placement.read(request.POST).as_konva(),
        design_image_url=form.cleaned_data["image"],
    )
    here = reverse("merch_editor", args=[session.merch.product, session.token])
    return SeeOther(f"{here}?saved=1")


def _page(
    request: HttpRequest,
    session: EditSession,
    data: Mapping[str, str],
    *,
    form: DesignForm | None = None,
    status: int = 200,
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
        "picture": picture_on(
            shown, image_url="" if url_problem(image) else image, placement=placement
        ),
        "steps": STEPS,
        "sliders": sliders_of(placement),
    }
    return render(request, "sandbox/merch_editor.html", context, status=status)


def _placement(merch: Merch, data: Mapping[str, str]) -> Placement:
    """Return the placement as the form has it, at first as it was saved last."""
    if "scale" not in data:
        return Placement.of_konva(merch.konva_metadata)
    return Placement.read(data).nudged(data.get("nudge", ""))


def _closed(request: HttpRequest, token: str, error: LinkError) -> HttpResponse:
    """Answer for a link that opens no editor."""
    if isinstance(error, UnknownLinkError):
        return unknown_link(request)
    session = EditSession.objects.select_related("merch__creator").get(token=token)
    saved = isinstance(error, UsedLinkError) and "saved" in request.GET
    title, text = _SAVED if saved else _WHY_CLOSED[type(error)]
    merch = session.merch
    partner = partner_by_id(merch.creator.partner)
    notice = Notice(
        status=200 if saved else 410,
        title=title,
        text=text,
        link=partner.home_url,
        link_text=f"Back to {partner.name}",
    )
    picture = picture_of_merch(merch) if merch.variants else None
    return notice_page(request, notice, picture=picture)
