"""Make merch, change it, take it off the shelf, and open Printora's design editor."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gallery.merch.mirror import keep_merch
from gallery.models import Creator, MerchItem
from gallery.studio.refusals import say_no
from printora_integration.exceptions import NotFoundError, PrintoraError
from printora_integration.merch import get_merch_client
from printora_integration.merch.schemas import Product
from printora_integration.print_sessions.start import require_allowed_host
from staff.access import staff_only

from . import catalog
from .forms import OWN_ADDRESS, MerchForm, answers_of

SEE_OTHER = 303
STATES: dict[str, dict[str, Any]] = {
    "activate": {"status": "active", "is_active": True},
    "deactivate": {"status": "inactive", "is_active": False},
    "archive": {"status": "archived", "is_active": False},
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_only
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a product, then make an item of it."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    try:
        product = catalog.product(request.GET.get("product", ""))
        if product is None:
            return _choose_product(request, creator)
    except PrintoraError as error:
        say_no(request, error, doing="Reading Printora's catalog", changes=False)
        return _to(creator)
    form = MerchForm(product, request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = _make(request, creator, form)
        if item is not None:
            return _to(creator, item)
    return _form_page(request, creator, form, title="A new item", verb="Make the item")


def _choose_product(request: HttpRequest, creator: Creator) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:100]
    context = {"creator": creator, "products": catalog.found(words), "q": words}
    return render(request, "gallery/studio/products.html", context)


def _make(request: HttpRequest, creator: Creator, form: MerchForm) -> MerchItem | None:
    try:
        made = get_merch_client().merch.create(
            str(creator.printora_id), product_id=form.product.id, **form.answers
        )
    except PrintoraError as error:
        say_no(request, error, doing="Making the item")
        return None
    item = keep_merch(creator, made.merch)
    if made.edit_session:
        item.keep_editor_link(made.edit_session.editor_url, made.edit_session.expires_at)
    messages.success(request, f"{item.title} is on the shelf.")
    return item


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_only
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an item."""
    item = _item(slug, pk)
    try:
        product = catalog.product(item.product_id)
    except PrintoraError as error:
        say_no(request, error, doing="Reading Printora's catalog", changes=False)
        return _to(item.creator, item)
    form = MerchForm(product or _product_of(item), request.POST or None, initial=answers_of(item))
    if request.method == "POST" and form.is_valid() and _update(request, item, **form.answers):
        messages.success(request, "Saved.")
        return _to(item.creator, item)
    return _form_page(request, item.creator, form, title=item.title, verb="Save", item=item)


@require_POST
@staff_only
def set_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put an item on the shelf, take it off, or archive it."""
    item = _item(slug, pk)
    state = STATES.get(request.POST.get("state", ""))
    if state is not None and _update(request, item, **state):
        item.refresh_from_db()
        messages.success(request, f"{item.title} is {item.state_in_words} now.")
    return _to(item.creator, item)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_only
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask first, then delete an item at Printora and here."""
    item = _item(slug, pk)
    if request.method != "POST":
        return render(request, "gallery/studio/delete.html", {"item": item})
    try:
        get_merch_client().merch.delete(str(item.creator.printora_id), item.printora_id)
    except NotFoundError:
        pass  # gone already, which is what was asked for
    except PrintoraError as error:
        say_no(request, error, doing="Deleting the item")
        return _to(item.creator, item)
    item.delete()
    messages.success(request, f"{item.title} is deleted.")
    return _to(item.creator)


@require_POST
@staff_only
def open_editor(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send staff to the design editor; its link works once."""
    item = _item(slug, pk)
    if not item.editor_is_open:
        messages.warning(request, "That link has been used or has expired. Request a new one.")
        return _to(item.creator, item)
    try:
        require_allowed_host(item.editor_url)
    except PrintoraError as error:
        say_no(request, error, doing="Opening the editor")
        return _to(item.creator, item)
    item.editor_opened_at = timezone.now()
    item.save(update_fields=["editor_opened_at"])
    return HttpResponseRedirect(item.editor_url, status=SEE_OTHER)


@require_POST
@staff_only
def new_editor_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask Printora for a fresh link to the design editor."""
    item = _item(slug, pk)
    try:
        link = get_merch_client().merch.new_edit_session(
            str(item.creator.printora_id), item.printora_id
        )
    except PrintoraError as error:
        say_no(request, error, doing="Requesting a link")
    else:
        item.keep_editor_link(link.editor_url, link.expires_at)
        messages.success(request, f"The link for {item.title} is ready. It works once.")
    return _to(item.creator, item)


def _update(request: HttpRequest, item: MerchItem, **changes: Any) -> bool:  # noqa: ANN401
    try:
        told = get_merch_client().merch.update(
            str(item.creator.printora_id), item.printora_id, **changes
        )
    except PrintoraError as error:
        say_no(request, error, doing="Saving the item")
        return False
    keep_merch(item.creator, told)
    return True


def _product_of(item: MerchItem) -> Product:
    """Return a product made of what we know, for an item whose product left the catalog."""
    variants = [
        {"id": each.id, "color": each.color, "colorCode": each.color_code, "size": each.size}
        for each in item.variants
    ]
    return Product.model_validate(
        {"id": item.product_id, "name": item.product_name, "variants": variants}
    )


def _form_page(
    request: HttpRequest, creator: Creator, form: MerchForm, **context: object
) -> HttpResponse:
    colours = {each.color or "": each.color_code or "" for each in form.product.variants}
    context |= {"creator": creator, "form": form, "colours": colours, "own_address": OWN_ADDRESS}
    status = 400 if form.errors else 200
    return render(request, "gallery/studio/merch_form.html", context, status=status)


def _item(slug: str, pk: int) -> MerchItem:
    items = MerchItem.objects.select_related("creator", "artwork")
    return get_object_or_404(items, pk=pk, creator__slug=slug)


def _to(creator: Creator, item: MerchItem | None = None) -> HttpResponse:
    place = f"#item-{item.pk}" if item else ""
    address = reverse("gallery:studio_creator", args=[creator.slug])
    return HttpResponseRedirect(address + place, status=SEE_OTHER)
