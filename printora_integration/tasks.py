"""Keep our picture of Printora true in the background; beat runs these."""

import logging

from celery import shared_task

from . import session_states
from .reconciliation import AlreadyRunningError, reconcile

logger = logging.getLogger(__name__)

RECONCILIATION_BUDGET = 240  # seconds; then it pauses, and the next run goes on


@shared_task
def expire_sessions() -> int:
    """Mark the sessions that have outlived themselves; return how many there were."""
    count = session_states.expire()
    if count:
        logger.info("print sessions expired: %d", count)
    return count


@shared_task
def refresh_sessions() -> int:
    """Ask Printora how the sessions stand that may soon end; return how many were asked about."""
    return session_states.refresh_sessions()


# Beyond the budget lies at most one call to Printora: a minute's wait, and another for the call.
@shared_task(soft_time_limit=420, time_limit=480)
def reconcile_orders() -> str:
    """Compare Printora's orders with our events and heal; return how the run ended."""
    try:
        run = reconcile(budget=RECONCILIATION_BUDGET)
    except AlreadyRunningError:
        return "already running"
    return run.state
