"""Keep our picture of Printora true in the background; beat runs these."""

import logging

from celery import shared_task

from . import session_states
from .models import PrintSession

logger = logging.getLogger(__name__)


@shared_task
def expire_sessions() -> int:
    """Mark the sessions that have outlived themselves; return how many there were."""
    count = PrintSession.objects.stale().mark(PrintSession.Status.EXPIRED)
    if count:
        logger.info("print sessions expired: %d", count)
    return count


@shared_task
def refresh_sessions() -> int:
    """Ask Printora how the sessions stand that may soon end; return how many were asked about."""
    return session_states.refresh_sessions()
