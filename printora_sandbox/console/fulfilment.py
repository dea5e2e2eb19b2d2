"""The desk's timer, which ships and delivers by itself."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.hosted.ways_back import SeeOther
from printora_sandbox.models import AutoFulfil

from .forms import AutoFulfilForm
from .pages import show


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show the timer, or set it."""
    if request.method != "POST":
        return _page(request, AutoFulfilForm(instance=AutoFulfil.current()))
    form = AutoFulfilForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    AutoFulfil.switch(**form.cleaned_data)
    return SeeOther(reverse("console-fulfilment"))


def _page(request: HttpRequest, form: AutoFulfilForm, *, status: int = 200) -> HttpResponse:
    context = {"tab": "fulfilment", "form": form}
    return show(request, "sandbox/console/fulfilment.html", context, status=status)
