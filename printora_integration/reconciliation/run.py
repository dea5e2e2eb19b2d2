"""Runs over Printora's orders: one at a time, each from where the last one stopped."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from printora_integration.client import PrintoraClient, get_background_client
from printora_integration.exceptions import APIError, PrintoraError
from printora_integration.models import WebhookEvent
from printora_integration.schemas.api import OrderPage, OrderSummary
from vendor_kit.paging import iterate_pages

from .comparing import compare
from .models import DetailsRequest, Reconciliation

logger = logging.getLogger(__name__)

BATCH_SIZE = 50  # orders between two heartbeats
RECENT = timedelta(days=60)  # what scheduled runs compare; orders arrive within weeks
MAX_RESENDS = 10_000  # events in one run; the next one requests the others
GRACE_PERIOD = timedelta(minutes=1)  # for the webhook of what has just changed
_REFUSALS = frozenset({400, 404, 409, 410, 422})  # of this event; other errors concern all

State = Reconciliation.State
Progress = Callable[[Reconciliation], None]


class AlreadyRunningError(PrintoraError):
    """A second run while one runs: two would do the same work twice."""


class _TakenOverError(Exception):
    """A run that was taken for dead: another resumes where it was."""


def reconcile(
    *,
    full: bool = False,
    budget: float | None = None,
    progress: Progress | None = None,
    client: PrintoraClient | None = None,
) -> Reconciliation:
    """Compare Printora's orders with our events, record what is missing, request its details.

    Returns the run, whose `state` says how it ended: when Printora fails, FAILED with the reason in
    `error`; the next run resumes where this one stopped. `full` compares all orders, at once, not
    only those of the last 60 days; a run that was queued for a worker starts first. After `budget`
    seconds it pauses. `progress` is called with the run after every 50 orders and every call.
    Raises AlreadyRunningError.
    """
    run = Reconciliation.objects.start(is_full=full)
    if run is None:
        raise AlreadyRunningError("A reconciliation is running already.")
    deadline = None if budget is None else time.monotonic() + budget
    work = _Work(run, client or get_background_client(), deadline, progress)
    try:
        state = work.finish()
    except _TakenOverError:
        run.refresh_from_db()
    except PrintoraError as error:
        run.save_progress(state=State.FAILED, error=str(error))
    except BaseException as error:
        run.save_progress(state=State.FAILED, error=f"It stopped: {type(error).__name__}.")
        raise
    else:
        run.save_progress(state=state)
    logger.info(
        "reconciliation %s: %d orders seen, %d changed",
        run.state,
        run.orders_seen,
        run.orders_changed,
    )
    return run


class _Work:
    """The work of one run, with a heartbeat after each step."""

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
        self._run.reached_end = self._compare_orders()
        # After all orders are right: statuses matter more than details.
        has_requested = self._request_details()
        return State.COMPLETE if self._run.reached_end and has_requested else State.PAUSED

    def _compare_orders(self) -> bool:
        """Compare the orders, newest first; return whether it came to the end."""
        orders = iterate_pages(self._page)
        now = timezone.now()
        while batch := list(islice(orders, BATCH_SIZE)):
            if not self._run.is_full and all(_is_before(order, now - RECENT) for order in batch):
                return True
            compare([order for order in batch if self._is_comparable(order, now)], self._run)
            self._run.orders_seen += len(batch)
            self._send_heartbeat()
            if self._is_late():
                return False
        return True

    def _page(self, limit: int, offset: int) -> OrderPage:
        return self._client.orders.list(limit=limit, offset=self._run.first_offset + offset)

    def _is_comparable(self, order: OrderSummary, now: datetime) -> bool:
        return self._run.is_full or not _is_after(order, now - GRACE_PERIOD)

    def _request_details(self) -> bool:
        """Request each event that we know from the list only, once; return False when time is up.

        The next run then requests the others: those without a request come first.
        """
        events = DetailsRequest.objects.events_without_details(include_all=self._run.is_full)
        for event in events.defer("body", "changed_body")[:MAX_RESENDS]:
            if self._is_late():
                return False
            self._request_resend(event)
            self._send_heartbeat()
        return True

    def _request_resend(self, event: WebhookEvent) -> None:
        try:
            self._client.webhook_logs.resend(event_type=event.event, session_id=event.session_id)
        except APIError as error:
            if error.status not in _REFUSALS:
                raise
            DetailsRequest.objects.record_attempt(event, refusal=str(error))
            self._run.resends_refused += 1
        else:
            DetailsRequest.objects.record_attempt(event)
            self._run.resends_requested += 1

    def _send_heartbeat(self) -> None:
        if not self._run.save_progress():
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
