"""Optional: the background tasks of print sessions; beat runs them."""

import logging

from celery import shared_task

from .print_sessions import refresh

logger = logging.getLogger(__name__)


@shared_task
def expire_sessions() -> int:
    """Mark the sessions whose time is over as expired; return how many there were."""
    count = refresh.expire_sessions()
    if count:
        logger.info("print sessions expired: %d", count)
    return count


@shared_task
def refresh_sessions() -> int:
    """Check with Printora the sessions that may be over; return how many were checked."""
    return refresh.refresh_sessions()
