"""Staff's pages of merch items: create, change and delete them, and open the design editor."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gallery.merch.sync import save_item
from gallery.models import Creator, MerchItem
from pages.access import staff_permission
from pages.audit import add_outcome, record, recorded
from printora_integration.exceptions import NotFoundError, PrintoraError
from printora_integration.merch import get_merch_client
from printora_integration.merch.schemas import Product
from printora_integration.print_sessions.start import require_allowed_host

from . import catalog
from .errors import report_error
from .forms import OTHER_URL, MerchForm, initial_values

STATES: dict[str, dict[str, Any]] = {
    "activate": {"status": "active", "is_active": True},
    "deactivate": {"status": "inactive", "is_active": False},
    "archive": {"status": "archived", "is_active": False},
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_permission("gallery.manage_merch")
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a product, then create an item with it."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    try:
        product = catalog.find_product(request.GET.get("product", ""))
        if product is None:
            return _choose_product(request, creator)
    except PrintoraError as error:
        report_error(request, error, action="Reading Printora's catalog", is_write=False)
        return _redirect_to(creator)
    form = MerchForm(product, request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = _create(request, creator, form)
        if item is not None:
            return _redirect_to(creator, item)
    return _render_form(request, creator, form, title="A new item", submit_label="Create the item")


def _choose_product(request: HttpRequest, creator: Creator) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:100]
    products = catalog.search_products(query)
    context = {"creator": creator, "products": products, "q": query}
    return render(request, "gallery/studio/products.html", context)


def _create(request: HttpRequest, creator: Creator, form: MerchForm) -> MerchItem | None:
    try:
        with recorded(request.user, MerchItem, "Created an item at Printora.") as entry:
            created = get_merch_client().merch.create(
                str(creator.printora_id), product_id=form.product.id, **form.api_arguments
            )
    except PrintoraError as error:
        report_error(request, error, action="Creating the item")
        return None
    item = save_item(creator, created.merch)
    add_outcome(entry, f"Its id is {item.pk}.")
    if created.edit_session:
        item.set_editor_link(created.edit_session.editor_url, created.edit_session.expires_at)
    messages.success(request, f"{item.title} is for sale.")
    return item


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_permission("gallery.manage_merch")
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an item."""
    item = _get_item(slug, pk)
    try:
        product = catalog.find_product(item.product_id)
    except PrintoraError as error:
        report_error(request, error, action="Reading Printora's catalog", is_write=False)
        return _redirect_to(item.creator, item)
    form = MerchForm(
        product or _make_product(item), request.POST or None, initial=initial_values(item)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _update(request, item, "Changed it.", **form.api_arguments)
    ):
        messages.success(request, "Saved.")
        return _redirect_to(item.creator, item)
    return _render_form(
        request, item.creator, form, title=item.title, submit_label="Save", item=item
    )


@require_POST
@staff_permission("gallery.manage_merch")
def set_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Activate, deactivate or archive an item."""
    item = _get_item(slug, pk)
    state = STATES.get(request.POST.get("state", ""))
    if state is not None and _update(request, item, f"Made it {state['status']}.", **state):
        item.refresh_from_db()
        messages.success(request, f"{item.title} is {item.sale_status} now.")
    return _redirect_to(item.creator, item)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_permission("gallery.manage_merch")
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a confirmation, then delete an item at Printora and here."""
    item = _get_item(slug, pk)
    if request.method != "POST":
        return render(request, "gallery/studio/delete.html", {"item": item})
    try:
        with recorded(request.user, MerchItem, "Deleted it at Printora and here.", of=item):
            get_merch_client().merch.delete(str(item.creator.printora_id), item.printora_id)
    except NotFoundError:
        pass  # deleted before: the result is the same
    except PrintoraError as error:
        report_error(request, error, action="Deleting the item")
        return _redirect_to(item.creator, item)
    item.delete()
    messages.success(request, f"{item.title} is deleted.")
    return _redirect_to(item.creator)


@require_POST
@staff_permission("gallery.manage_merch")
def open_editor(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send staff to the design editor; its link works once."""
    item = _get_item(slug, pk)
    if not item.has_editor_link:
        messages.warning(request, "That link has been used or has expired. Request a new one.")
        return _redirect_to(item.creator, item)
    try:
        require_allowed_host(item.editor_url)
    except PrintoraError as error:
        report_error(request, error, action="Opening the editor")
        return _redirect_to(item.creator, item)
    record(request.user, MerchItem, "Opened its design editor.", of=item)
    item.editor_opened_at = timezone.now()
    item.save(update_fields=["editor_opened_at"])
    return HttpResponseRedirect(item.editor_url, status=HTTPStatus.SEE_OTHER)


@require_POST
@staff_permission("gallery.manage_merch")
def new_editor_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Request a new link to the design editor from Printora."""
    item = _get_item(slug, pk)
    try:
        with recorded(request.user, MerchItem, "Requested a link to its editor.", of=item):
            link = get_merch_client().merch.new_edit_session(
                str(item.creator.printora_id), item.printora_id
            )
    except PrintoraError as error:
        report_error(request, error, action="Requesting a link")
    else:
        item.set_editor_link(link.editor_url, link.expires_at)
        messages.success(request, f"The link for {item.title} is ready. It works once.")
    return _redirect_to(item.creator, item)


def _update(request: HttpRequest, item: MerchItem, action: str, **changes: Any) -> bool:  # noqa: ANN401
    try:
        with recorded(request.user, MerchItem, action, of=item):
            changed = get_merch_client().merch.update(
                str(item.creator.printora_id), item.printora_id, **changes
            )
    except PrintoraError as error:
        report_error(request, error, action="Saving the item")
        return False
    save_item(item.creator, changed)
    return True


def _make_product(item: MerchItem) -> Product:
    """Return a product made from our copy, for an item whose product left the catalog."""
    variants = [
        {"id": each.id, "color": each.color, "colorCode": each.color_code, "size": each.size}
        for each in item.variants
    ]
    return Product.model_validate(
        {"id": item.product_id, "name": item.product_name, "variants": variants}
    )


def _render_form(
    request: HttpRequest, creator: Creator, form: MerchForm, **context: object
) -> HttpResponse:
    colours = {each.color or "": each.color_code or "" for each in form.product.variants}
    context |= {"creator": creator, "form": form, "colours": colours, "other_url": OTHER_URL}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "gallery/studio/merch_form.html", context, status=status)


def _get_item(slug: str, pk: int) -> MerchItem:
    items = MerchItem.objects.select_related("creator", "artwork")
    return get_object_or_404(items, pk=pk, creator__slug=slug)


def _redirect_to(creator: Creator, item: MerchItem | None = None) -> HttpResponse:
    fragment = f"#item-{item.pk}" if item else ""
    address = reverse("gallery:studio_creator", args=[creator.slug])
    return HttpResponseRedirect(address + fragment, status=HTTPStatus.SEE_OTHER)
