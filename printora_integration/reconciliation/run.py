"""Run over Printora's orders, one run at a time, and go on where the last one stopped."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from printora_integration.client import PrintoraClient, get_background_client
from printora_integration.exceptions import PrintoraError, ReplyError
from printora_integration.models import DetailsRequest, Reconciliation, WebhookEvent
from printora_integration.resources.paging import walk
from printora_integration.schemas import OrderSummary
from printora_integration.wire import Pagination

from .comparing import compare

logger = logging.getLogger(__name__)

BATCH = 50  # orders between two signs of life
RECENT = timedelta(days=60)  # what the clock's runs look at; orders arrive within weeks
MOST_ASKED = 10_000  # events in one run; the next one asks for the others
GRACE = timedelta(minutes=1)  # what has just changed: its webhook is on the way
_REFUSALS = frozenset({400, 404, 409, 410, 422})  # no to this event; other errors are about all

State = Reconciliation.State
Progress = Callable[[Reconciliation], None]


class AlreadyRunningError(PrintoraError):
    """Refuse a second run while one runs: two would do the same work twice."""


class _TakenOverError(Exception):
    """Stop: this run was held for dead, and another goes on where it was."""


def reconcile(
    *,
    full: bool = False,
    budget: float | None = None,
    progress: Progress | None = None,
    client: PrintoraClient | None = None,
) -> Reconciliation:
    """Compare Printora's orders with our events, record what we lack, ask for its details.

    Returns the run, whose `state` says how it ended: when Printora fails, FAILED with the reason in
    `error`; the next run goes on where this one stopped. `full` looks at all orders, at once, not
    only at those of the last 60 days; a run that was queued for a worker is taken up first. After
    `budget` seconds it pauses. `progress` hears of the run after every 50 orders and every call.
    Raises AlreadyRunningError. Printora: "Order", "List"; "Webhook", "Resend".
    """
    run = Reconciliation.objects.begin(is_full=full)
    if run is None:
        raise AlreadyRunningError("A reconciliation is running already.")
    deadline = None if budget is None else time.monotonic() + budget
    work = _Work(run, client or get_background_client(), deadline, progress)
    try:
        state = work.finish()
    except _TakenOverError:
        run.refresh_from_db()
    except PrintoraError as error:
        run.keep(state=State.FAILED, error=str(error))
    except BaseException as error:
        run.keep(state=State.FAILED, error=f"It broke off: {type(error).__name__}.")
        raise
    else:
        run.keep(state=state)
    logger.info(
        "reconciliation %s: %d orders seen, %d changed",
        run.state,
        run.orders_seen,
        run.orders_changed,
    )
    return run


class _Work:
    """Do the work of one run, and say after each step that it lives."""

    def __init__(
        self,
        run: Reconciliation,
        client: PrintoraClient,
        deadline: float | None,
        progress: Progress | None,
    ) -> None:
        self._run = run
        self._client = client
        self._deadline = deadline
        self._progress = progress

    def finish(self) -> Reconciliation.State:
        """Return how it ended: COMPLETE, or PAUSED with orders or details left for the next run."""
        self._run.is_through = self._compare_orders()
        # After all orders are right: statuses matter more than details.
        has_asked = self._ask_for_details()
        return State.COMPLETE if self._run.is_through and has_asked else State.PAUSED

    def _compare_orders(self) -> bool:
        """Look at the orders, newest first; return whether it came to the end."""
        orders = walk(self._page)
        now = timezone.now()
        while batch := list(islice(orders, BATCH)):
            if not self._run.is_full and all(_is_before(order, now - RECENT) for order in batch):
                return True
            compare([order for order in batch if self._may_judge(order, now)], self._run)
            self._run.orders_seen += len(batch)
            self._say_alive()
            if self._is_late():
                return False
        return True

    def _page(self, limit: int, offset: int) -> tuple[Sequence[OrderSummary], Pagination]:
        page = self._client.orders.list(limit=limit, offset=self._run.first_offset + offset)
        return page.orders, page.pagination

    def _may_judge(self, order: OrderSummary, now: datetime) -> bool:
        return self._run.is_full or not _is_after(order, now - GRACE)

    def _ask_for_details(self) -> bool:
        """Ask for each event that we know from the list only, once; return False when time is up.

        The next run then asks for the others: what was not asked for yet comes first.
        """
        lacking = DetailsRequest.objects.lacking(all_of_them=self._run.is_full)
        for event in lacking.defer("body", "changed_body")[:MOST_ASKED]:
            if self._is_late():
                return False
            self._ask_for(event)
            self._say_alive()
        return True

    def _ask_for(self, event: WebhookEvent) -> None:
        try:
            self._client.webhook_logs.resend(event_type=event.event, session_id=event.session_id)
        except ReplyError as error:
            if error.status not in _REFUSALS:
                raise
            DetailsRequest.objects.note(event, refusal=str(error))
            self._run.resends_refused += 1
        else:
            DetailsRequest.objects.note(event)
            self._run.resends_asked += 1

    def _say_alive(self) -> None:
        if not self._run.keep():
            raise _TakenOverError
        if self._progress is not None:
            self._progress(self._run)

    def _is_late(self) -> bool:
        return self._deadline is not None and time.monotonic() > self._deadline


def _is_before(order: OrderSummary, moment: datetime) -> bool:
    return order.created_at is not None and order.created_at < moment


def _is_after(order: OrderSummary, moment: datetime) -> bool:
    last = order.updated_at or order.created_at
    return last is not None and last > moment
