"""The background task of reconciliation; beat runs it."""

from celery import shared_task

from .run import AlreadyRunningError, reconcile

TIME_BUDGET = 240  # seconds; then it pauses, and the next run resumes


# Beyond the budget lies at most one call to Printora: a minute's wait, and another for the call.
@shared_task(
    name="printora_integration.tasks.reconcile_orders", soft_time_limit=420, time_limit=480
)
def reconcile_orders() -> str:
    """Compare Printora's orders with our events and correct ours; return how the run ended."""
    try:
        run = reconcile(budget=TIME_BUDGET)
    except AlreadyRunningError:
        return "already running"
    return run.state
