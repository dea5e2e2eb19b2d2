"""Do what orders need in the background; beat runs these, and each may run twice at once."""

import logging

from celery import shared_task
from django.conf import settings

from . import notifications, retention

logger = logging.getLogger(__name__)


# Acknowledged at once: what a worker leaves undone stands in the database, and beat asks again.
@shared_task(acks_late=False)
def deliver_notifications() -> int:
    """Send the mails that are due; return how many went out."""
    return notifications.deliver()


@shared_task
def prune() -> str:
    """Anonymise what is older than RETENTION_DAYS; return how much that was."""
    erased = str(retention.prune(days=settings.RETENTION_DAYS))
    logger.info("pruned: %s", erased)
    return erased
