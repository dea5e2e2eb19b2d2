"""Choose a creator; make them known at Printora; see how they sell."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.merch.mirror import keep_creator, refresh_creators, refresh_merch
from gallery.merch.models import CURRENCY
from gallery.models import Creator
from gallery.studio.refusals import reason, say_no
from printora_integration.exceptions import PrintoraError
from printora_integration.merch import get_merch_client
from printora_integration.merch.schemas import CreatorStatus
from staff.access import staff_only

from .forms import CreatorForm

SEE_OTHER = 303


@require_safe
@never_cache
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """List the creators, those who sell first."""
    creators = Creator.objects.annotate(items=Count("merch")).order_by("name")
    ordered = sorted(creators, key=lambda creator: creator.printora_id is None)
    return render(request, "gallery/studio/home.html", {"creators": ordered})


@require_POST
@staff_only
def refresh(request: HttpRequest) -> HttpResponse:
    """Read the creators from Printora now."""
    try:
        count = len(refresh_creators(get_merch_client()))
        messages.success(request, f"Printora has {count} creator{pluralize(count)}.")
    except PrintoraError as error:
        say_no(request, error, doing="Reading the creators", changes=False)
    return HttpResponseRedirect(reverse("gallery:studio"), status=SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """Make a creator, at Printora and here."""
    form = CreatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            told = get_merch_client().creators.create(
                name=answers["name"],
                email=answers["email"] or None,
                description=answers["description"] or None,
            )
        except PrintoraError as error:
            say_no(request, error, doing="Making the creator")
        else:
            made = keep_creator(told)
            messages.success(request, f"{made.name} can sell now.")
            return _to(made)
    context = {"form": form, "title": "A new creator", "verb": "Make the creator"}
    return render(request, "gallery/studio/creator_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_only
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what Printora keeps of a creator."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    form = CreatorForm(
        request.POST or None, initial={"name": creator.name, "description": creator.bio}
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if not answers["email"]:  # we do not keep it, so empty means unchanged
            answers.pop("email")
        try:
            told = get_merch_client().creators.update(str(creator.printora_id), **answers)
        except PrintoraError as error:
            say_no(request, error, doing="Saving the creator")
        else:
            creator.name, creator.bio = answers["name"], answers["description"]
            creator.save(update_fields=["name", "bio"])
            keep_creator(told, creator=creator)
            messages.success(request, "Saved.")
            return _to(creator)
    context = {"form": form, "title": creator.name, "verb": "Save", "creator": creator}
    return render(request, "gallery/studio/creator_form.html", context)


@require_POST
@staff_only
def connect(request: HttpRequest, slug: str) -> HttpResponse:
    """Make one of our creators known at Printora."""
    creator = get_object_or_404(Creator, slug=slug)
    if not creator.printora_id:
        try:
            told = get_merch_client().creators.create(
                name=creator.name, slug=creator.slug, description=creator.bio or None
            )
        except PrintoraError as error:
            say_no(request, error, doing="Making the creator known at Printora")
            return HttpResponseRedirect(reverse("gallery:studio"), status=SEE_OTHER)
        keep_creator(told, creator=creator)
        messages.success(request, f"{creator.name} can sell now.")
    return _to(creator)


@require_POST
@staff_only
def set_status(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or close a creator's shelf."""
    creator = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    status = CreatorStatus.ACTIVE if "open" in request.POST else CreatorStatus.INACTIVE
    try:
        told = get_merch_client().creators.set_status(str(creator.printora_id), status=status)
    except PrintoraError as error:
        say_no(request, error, doing="Changing the status")
    else:
        keep_creator(told, creator=creator)
        messages.success(request, f"The shelf is {'open' if creator.sells else 'closed'}.")
    return _to(creator)


@require_safe
@never_cache
@staff_only
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one creator's merch."""
    who = get_object_or_404(Creator, slug=slug)
    context = {
        "creator": who,
        "items": who.merch.select_related("creator", "artwork"),
        "currency": CURRENCY,
    }
    return render(request, "gallery/studio/creator.html", context)


@require_POST
@staff_only
def refresh_one(request: HttpRequest, slug: str) -> HttpResponse:
    """Read one creator's merch from Printora now."""
    who = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    try:
        count = refresh_merch(who, get_merch_client())
        messages.success(request, f"Printora has {count} item{pluralize(count)}.")
    except PrintoraError as error:
        say_no(request, error, doing="Reading the merch", changes=False)
    return _to(who)


@require_safe
@never_cache
@staff_only
def sales(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what Printora says of a creator's sales; asked for apart, so that no page waits."""
    who = get_object_or_404(Creator.objects.exclude(printora_id=None), slug=slug)
    context: dict[str, object] = {"creator": who, "currency": CURRENCY}
    try:
        context["stats"] = get_merch_client().creators.stats(str(who.printora_id))
        context["orders"] = (
            get_merch_client().creators.orders(str(who.printora_id), limit=10).orders
        )
    except PrintoraError as error:
        context["problem"] = f"Printora did not say. {reason(error)}"
    asked_for_part = request.headers.get("HX-Request") == "true"
    page = "_sales.html" if asked_for_part else "sales.html"
    return render(request, f"gallery/studio/{page}", context)


def _to(creator: Creator) -> HttpResponse:
    address = reverse("gallery:studio_creator", args=[creator.slug])
    return HttpResponseRedirect(address, status=SEE_OTHER)
