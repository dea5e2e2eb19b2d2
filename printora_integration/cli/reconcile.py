"""Compare Printora's orders with our events, record what is missing, and request its details."""

from django.core.management.base import CommandError, CommandParser

from printora_integration.reconciliation.models import Reconciliation
from printora_integration.reconciliation.run import reconcile

from .options import Options
from .output import Output

_SHOWN = (
    *("id", "state", "is_full", "started_at", "finished_at", "first_offset", "orders_seen"),
    *("orders_changed", "events_recorded", "resends_requested", "resends_refused", "problems"),
    *("changes", "error"),
)
_ENDS_WELL = (Reconciliation.State.COMPLETE, Reconciliation.State.PAUSED)


def add_arguments(parser: CommandParser) -> None:
    """Declare how far to look."""
    parser.add_argument(
        "--recent",
        action="store_true",
        help="only what scheduled runs compare: orders of the last 60 days, not just changed",
    )


def run(options: Options, out: Output) -> None:
    """Run to the end, and print what was found; the exit code is 1 where it did not get there."""
    seen = 0

    def print_progress(run: Reconciliation) -> None:
        nonlocal seen
        if run.orders_seen > seen:
            seen = run.orders_seen
            out.message(f"{seen} orders compared …")

    done = reconcile(full=not options["recent"], progress=print_progress)
    for change in done.changes:
        out.message(f"{change['number']}: {change['text']}")
    out.result({name: getattr(done, name) for name in _SHOWN}, message=_summary(done))
    if done.state not in _ENDS_WELL:
        raise CommandError(f"It did not come to the end: {done.error}")


def _summary(done: Reconciliation) -> str:
    return (
        f"{done.orders_seen} orders compared, {done.orders_changed} corrected, "
        f"{done.problems} for staff to review; {done.resends_requested} events requested again, "
        f"{done.resends_refused} refused."
    )
