"""Show staff how our orders were compared with Printora's, and compare them again at a press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from printora_integration.reconciliation.models import Reconciliation
from printora_integration.reconciliation.tasks import reconcile_orders
from staff.access import staff_only
from staff.audit import record
from vendor_kit.queue import enqueue

RUNS_SHOWN = 20

_STARTED = "The comparison has been asked for. It begins as soon as a worker is free."
_QUEUED = (
    "The comparison has been noted, but no worker could be told of it: the queue does not answer. "
    "The next run by the clock takes it up."
)
_UNDER_WAY = "A comparison is under way already."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff_only
def reconciliation(request: HttpRequest) -> HttpResponse:
    """List the runs, newest first; start a full one on POST."""
    if request.method == "POST":
        start_comparison(request)
        return redirect("orders:reconciliation")
    runs = list(Reconciliation.objects.all()[:RUNS_SHOWN])
    context = {"runs": runs, "is_under_way": any(run.is_under_way for run in runs)}
    is_part = request.headers.get("HX-Request") == "true"
    name = "orders/_reconciliation_runs.html" if is_part else "orders/reconciliation.html"
    return render(request, name, context)


def start_comparison(request: HttpRequest) -> None:
    """Ask for a full run, and tell staff how that went.

    The wish is kept in the database first: a queue that loses it does no harm.
    """
    run = Reconciliation.objects.request(requested_by=request.user.get_username())
    if run is None:
        messages.info(request, _UNDER_WAY)
        return
    record(request.user, Reconciliation, "Asked for all orders to be compared.", of=run)
    if enqueue(reconcile_orders):
        messages.success(request, _STARTED)
    else:
        messages.warning(request, _QUEUED)
