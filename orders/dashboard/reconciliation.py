"""The runs of reconciliation, and the button that starts one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pages.access import staff_permission
from pages.audit import record
from pages.htmx import HtmxHttpRequest, render_page_or_part
from printora_integration.reconciliation.models import Reconciliation
from printora_integration.reconciliation.tasks import reconcile_orders
from vendor_kit.queue import enqueue

MAX_RUNS = 20  # on the page

_STARTED = "The comparison was requested. It begins as soon as a worker is free."
_QUEUED = (
    "The comparison is saved, but no worker knows of it yet: the queue does not answer. The next "
    "scheduled run starts it."
)
_UNDER_WAY = "A comparison is under way already."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_permission("orders.reconcile_order")
def reconciliation(request: HtmxHttpRequest) -> HttpResponse:
    """List the runs, newest first; start a full one on POST."""
    if request.method == "POST":
        start_reconciliation(request)
        return redirect("orders:reconciliation")
    runs = list(Reconciliation.objects.all()[:MAX_RUNS])
    context = {"runs": runs, "is_under_way": any(run.is_under_way for run in runs)}
    page, part = "orders/reconciliation.html", "orders/_reconciliation_runs.html"
    return render_page_or_part(request, page, part, context)


def start_reconciliation(request: HttpRequest) -> None:
    """Request a full run, and show the user the result.

    The request is saved in the database first: a queue that loses it does no harm.
    """
    run = Reconciliation.objects.request(requested_by=request.user.get_username())
    if run is None:
        messages.info(request, _UNDER_WAY)
        return
    record(request.user, Reconciliation, "Requested a comparison of all orders.", of=run)
    if enqueue(reconcile_orders):
        messages.success(request, _STARTED)
    else:
        messages.warning(request, _QUEUED)
