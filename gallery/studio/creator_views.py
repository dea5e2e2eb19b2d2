"""Staff's pages of creators: list them, connect them with Printora, see their sales."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.merch.sync import save_creator, sync_creators, sync_merch
from gallery.models import Creator
from gallery.models.merch import CURRENCY
from pages.access import staff_permission
from pages.audit import add_outcome, recorded
from pages.htmx import HtmxHttpRequest, render_page_or_part
from printora_integration.exceptions import PrintoraError
from printora_integration.merch import get_merch_client
from printora_integration.merch.schemas import CreatorStatus

from .errors import describe_error, report_error
from .forms import CreatorForm


@require_safe
@never_cache
@staff_permission("gallery.manage_merch")
def home(request: HttpRequest) -> HttpResponse:
    """List the creators, connected ones first."""
    creators = Creator.objects.annotate(items=Count("merch")).order_by("name")
    ordered = sorted(creators, key=lambda creator: creator.printora_id is None)
    return render(request, "gallery/studio/home.html", {"creators": ordered})


@require_POST
@staff_permission("gallery.manage_merch")
def refresh(request: HttpRequest) -> HttpResponse:
    """Read the creators from Printora now."""
    try:
        with recorded(request.user, Creator, "Read all creators from Printora."):
            count = len(sync_creators(get_merch_client()))
        messages.success(request, f"Printora has {count} creator{pluralize(count)}.")
    except PrintoraError as error:
        report_error(request, error, action="Reading the creators", is_write=False)
    return HttpResponseRedirect(reverse("gallery:studio"), status=HTTPStatus.SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_permission("gallery.manage_merch")
def new(request: HttpRequest) -> HttpResponse:
    """Create a creator, at Printora and here."""
    form = CreatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            with recorded(request.user, Creator, "Created a creator at Printora.") as entry:
                record = get_merch_client().creators.create(
                    name=answers["name"],
                    email=answers["email"] or None,
                    description=answers["description"] or None,
                )
        except PrintoraError as error:
            report_error(request, error, action="Creating the creator")
        else:
            creator = save_creator(record)
            add_outcome(entry, f"Its id is {creator.pk}.")
            messages.success(request, f"{creator.name} can sell now.")
            return _redirect_to(creator)
    context = {"form": form, "title": "A new creator", "submit_label": "Create the creator"}
    return render(request, "gallery/studio/creator_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_permission("gallery.manage_merch")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a creator, at Printora and here."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    form = CreatorForm(
        request.POST or None, initial={"name": creator.name, "description": creator.bio}
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if not answers["email"]:  # we do not store it, so empty means unchanged
            answers.pop("email")
        try:
            with recorded(request.user, Creator, "Changed it at Printora.", of=creator):
                record = get_merch_client().creators.update(str(creator.printora_id), **answers)
        except PrintoraError as error:
            report_error(request, error, action="Saving the creator")
        else:
            creator.name, creator.bio = answers["name"], answers["description"]
            creator.save(update_fields=["name", "bio"])
            save_creator(record, creator=creator)
            messages.success(request, "Saved.")
            return _redirect_to(creator)
    context = {"form": form, "title": creator.name, "submit_label": "Save", "creator": creator}
    return render(request, "gallery/studio/creator_form.html", context)


@require_POST
@staff_permission("gallery.manage_merch")
def connect(request: HttpRequest, slug: str) -> HttpResponse:
    """Create one of our creators at Printora."""
    creator = get_object_or_404(Creator, slug=slug)
    if not creator.printora_id:
        try:
            with recorded(request.user, Creator, "Created it at Printora.", of=creator):
                record = get_merch_client().creators.create(
                    name=creator.name, slug=creator.slug, description=creator.bio or None
                )
        except PrintoraError as error:
            report_error(request, error, action="Creating the creator at Printora")
            return HttpResponseRedirect(reverse("gallery:studio"), status=HTTPStatus.SEE_OTHER)
        save_creator(record, creator=creator)
        messages.success(request, f"{creator.name} can sell now.")
    return _redirect_to(creator)


@require_POST
@staff_permission("gallery.manage_merch")
def set_status(request: HttpRequest, slug: str) -> HttpResponse:
    """Start or stop selling a creator's merch."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    status = CreatorStatus.ACTIVE if "open" in request.POST else CreatorStatus.INACTIVE
    try:
        with recorded(request.user, Creator, f"Set its status to {status.value}.", of=creator):
            record = get_merch_client().creators.set_status(str(creator.printora_id), status=status)
    except PrintoraError as error:
        report_error(request, error, action="Changing the status")
    else:
        save_creator(record, creator=creator)
        messages.success(
            request,
            f"{creator.name} {'is selling now' if creator.is_selling else 'no longer sells'}.",
        )
    return _redirect_to(creator)


@require_safe
@never_cache
@staff_permission("gallery.manage_merch")
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one creator's merch."""
    creator = get_object_or_404(Creator, slug=slug)
    context = {
        "creator": creator,
        "items": creator.merch.select_related("creator", "artwork"),
        "currency": CURRENCY,
    }
    return render(request, "gallery/studio/creator.html", context)


@require_POST
@staff_permission("gallery.manage_merch")
def refresh_one(request: HttpRequest, slug: str) -> HttpResponse:
    """Read one creator's merch from Printora now."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    try:
        with recorded(request.user, Creator, "Read its merch from Printora.", of=creator):
            count = sync_merch(creator, get_merch_client())
        messages.success(request, f"Printora has {count} item{pluralize(count)}.")
    except PrintoraError as error:
        report_error(request, error, action="Reading the merch", is_write=False)
    return _redirect_to(creator)


@require_safe
@never_cache
@staff_permission("gallery.manage_merch")
def sales(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Show a creator's sales as Printora reports them; htmx loads them, so that no page waits."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    context: dict[str, object] = {"creator": creator, "currency": CURRENCY}
    try:
        context["stats"] = get_merch_client().creators.stats(str(creator.printora_id))
        context["orders"] = (
            get_merch_client().creators.orders(str(creator.printora_id), limit=10).orders
        )
    except PrintoraError as error:
        context["problem"] = f"Printora sent no sales. {describe_error(error)}"
    return render_page_or_part(
        request, "gallery/studio/sales.html", "gallery/studio/_sales.html", context
    )


def _redirect_to(creator: Creator) -> HttpResponse:
    address = reverse("gallery:studio_creator", args=[creator.slug])
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
