"""Keep our picture of Printora true in the background; beat runs these."""

import logging

from celery import shared_task

from .models import PrintSession

logger = logging.getLogger(__name__)


@shared_task
def expire_sessions() -> int:
    """Mark the sessions whose link has outlived itself; return how many there were."""
    count = PrintSession.objects.stale().mark(PrintSession.Status.EXPIRED)
    if count:
        logger.info("print sessions expired: %d", count)
    return count
