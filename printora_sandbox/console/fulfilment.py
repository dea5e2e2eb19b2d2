"""The console's page of the auto-fulfilment timer."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_sandbox.models import AutoFulfil
from printora_sandbox.redirects import SeeOther

from .forms import AutoFulfilForm
from .pages import render_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show the timer settings or save them."""
    if request.method != "POST":
        return _page(request, AutoFulfilForm(instance=AutoFulfil.current()))
    form = AutoFulfilForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    AutoFulfil.configure(**form.cleaned_data)
    return SeeOther(reverse("console-fulfilment"))


def _page(
    request: HttpRequest, form: AutoFulfilForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {"tab": "fulfilment", "form": form}
    return render_page(request, "sandbox/console/fulfilment.html", context, status=status)
