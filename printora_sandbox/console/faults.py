"""The console's page of faults."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.models import Faults
from printora_sandbox.redirects import SeeOther

from .forms import FaultsForm
from .pages import render_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show the fault settings or save them; "Switch all off" needs no valid form."""
    if request.method != "POST":
        return _page(request, FaultsForm(instance=Faults.current()))
    form = FaultsForm(request.POST)
    if "off" in request.POST:
        Faults.configure()
    elif form.is_valid():
        Faults.configure(**form.cleaned_data)
    else:
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return SeeOther(reverse("console-faults"))


def _page(
    request: HttpRequest, form: FaultsForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return render_page(
        request, "sandbox/console/faults.html", {"tab": "faults", "form": form}, status=status
    )
