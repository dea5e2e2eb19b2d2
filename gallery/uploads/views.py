"""Take a visitor's picture, show it to them, serve it to Printora, send it to print."""

import logging

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gallery.apologies import apologise
from printora_integration.client import PrintChoice
from printora_integration.exceptions import PrintoraError
from printora_integration.print_sessions.start import start_print_session
from printora_integration.print_sessions.visitors import visitor_id

from .forms import UploadForm
from .models import MOST_A_DAY, Upload
from .pictures import MAX_BYTES, MAX_PIXELS, MIN_SIDE

logger = logging.getLogger(__name__)

SEE_OTHER = 303
LIMITS = {
    "bytes": MAX_BYTES,
    "megabytes": MAX_BYTES // 2**20,
    "megapixels": MAX_PIXELS // 1_000_000,
    "min_side": MIN_SIDE,
}
_CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload_form(request: HttpRequest) -> HttpResponse:
    """Show the form, and keep the picture that it brings."""
    visitor = visitor_id(request)
    form = _filled_in(request, visitor) if request.method == "POST" else UploadForm()
    if form.is_valid():
        data = form.cleaned_data
        kept = Upload.keep(data["picture"], visitor=visitor, title=data["title"])
        return HttpResponseRedirect(kept.get_absolute_url(), status=SEE_OTHER)
    mine = Upload.objects.filter(visitor=visitor).alive()
    context = {"form": form, "limits": LIMITS, "uploads": mine[:MOST_A_DAY]}
    return render(request, "gallery/upload_form.html", context, status=400 if form.errors else 200)


def _filled_in(request: HttpRequest, visitor: str) -> UploadForm:
    length = request.META.get("CONTENT_LENGTH") or ""
    form = UploadForm(
        request.POST, request.FILES, content_length=int(length) if length.isdecimal() else 0
    )
    if Upload.objects.of_today(visitor).count() >= MOST_A_DAY:
        form.add_error(None, f"You have uploaded {MOST_A_DAY} pictures today. Come back tomorrow.")
    return form


@require_safe
@never_cache
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Show a visitor their picture, with the way to print."""
    return render(request, "gallery/upload.html", {"upload": _own(request, name)})


@require_http_methods(["POST", "GET", "HEAD"])
def print_upload(request: HttpRequest, name: str) -> HttpResponse:
    """Send a visitor's own picture to print: flow A, like any artwork."""
    picture = _own(request, name)
    if request.method != "POST":
        return redirect(picture)
    try:
        session = start_print_session(
            PrintChoice(image_url=picture.public_url),
            visitor=picture.visitor,
            reference=f"upload/{picture.name}",
            title=picture.title,
            back_url=picture.get_absolute_url(),
        )
    except PrintoraError as error:
        logger.warning("No print session for an upload: %s", type(error).__name__)
        return apologise(
            request,
            error,
            title=picture.title,
            image_url=picture.file_url,
            back_url=picture.get_absolute_url(),
        )
    return HttpResponseRedirect(session.redirect_url, status=SEE_OTHER)


@require_POST
def delete_upload(request: HttpRequest, name: str) -> HttpResponse:
    """Delete a visitor's own picture before its time."""
    _own(request, name).erase()
    messages.success(request, "The picture is deleted.")
    return HttpResponseRedirect(reverse("gallery:upload_form"), status=SEE_OTHER)


@require_safe
def upload_file(request: HttpRequest, name: str, extension: str) -> FileResponse:  # noqa: ARG001
    """Serve the picture itself to whoever knows its name: Printora fetches it from here."""
    picture = get_object_or_404(Upload.objects.alive(), name=name, extension=extension)
    try:
        file = default_storage.open(picture.path)
    except FileNotFoundError:
        raise Http404("The file is gone.") from None
    response = FileResponse(file, content_type=_CONTENT_TYPES[extension])
    response["Cache-Control"] = "public, max-age=86400, immutable"
    response["X-Robots-Tag"] = "noindex"
    return response


def _own(request: HttpRequest, name: str) -> Upload:
    return get_object_or_404(Upload.objects.alive(), name=name, visitor=visitor_id(request))
