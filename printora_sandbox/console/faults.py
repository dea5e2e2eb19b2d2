"""The desk's switches for what goes wrong on purpose."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.hosted.ways_back import SeeOther
from printora_sandbox.models import Faults

from .forms import FaultsForm
from .pages import show


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show the switches, or take them; "Switch all off" needs no valid form."""
    if request.method != "POST":
        return _page(request, FaultsForm(instance=Faults.current()))
    form = FaultsForm(request.POST)
    if "off" in request.POST:
        Faults.switch()
    elif form.is_valid():
        Faults.switch(**form.cleaned_data)
    else:
        return _page(request, form, status=422)
    return SeeOther(reverse("console-faults"))


def _page(request: HttpRequest, form: FaultsForm, *, status: int = 200) -> HttpResponse:
    return show(
        request, "sandbox/console/faults.html", {"tab": "faults", "form": form}, status=status
    )
