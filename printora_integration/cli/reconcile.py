"""Compare Printora's orders with our events, record what we lack, and ask for its details."""

from django.core.management.base import CommandError, CommandParser

from printora_integration.models import Reconciliation
from printora_integration.reconciliation import reconcile

from .options import Options
from .output import Output

_SHOWN = (
    *("id", "state", "is_full", "started_at", "finished_at", "first_offset", "orders_seen"),
    *("orders_changed", "events_recorded", "resends_asked", "resends_refused", "problems"),
    *("changes", "error"),
)
_ENDS_WELL = (Reconciliation.State.COMPLETE, Reconciliation.State.PAUSED)


def add_arguments(parser: CommandParser) -> None:
    """Declare how far to look."""
    parser.add_argument(
        "--recent",
        action="store_true",
        help="only what the clock's runs look at: orders of the last 60 days, not just changed",
    )


def run(options: Options, out: Output) -> None:
    """Run to the end, and say what was found; the exit code is 1 where it did not get there."""
    seen = 0

    def tell(run: Reconciliation) -> None:
        nonlocal seen
        if run.orders_seen > seen:
            seen = run.orders_seen
            out.say(f"{seen} orders compared …")

    done = reconcile(full=not options["recent"], progress=tell)
    for change in done.changes:
        out.say(f"{change['number']}: {change['text']}")
    out.result({name: getattr(done, name) for name in _SHOWN}, words=_summary(done))
    if done.state not in _ENDS_WELL:
        raise CommandError(f"It did not come to the end: {done.error}")


def _summary(done: Reconciliation) -> str:
    return (
        f"{done.orders_seen} orders compared, {done.orders_changed} put right, "
        f"{done.problems} for a person to look at; {done.resends_asked} events asked for again, "
        f"{done.resends_refused} refused."
    )
