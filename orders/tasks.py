"""The background work of orders; beat starts these tasks, and each may run twice at once."""

import logging

from celery import shared_task
from django.conf import settings

from . import notifications, retention

logger = logging.getLogger(__name__)


# Acknowledged at once: the queue of mails is in the database, and beat starts the task again.
@shared_task(acks_late=False)
def deliver_notifications() -> int:
    """Send the mails that are due; return how many went out."""
    return notifications.send_due()


@shared_task
def prune() -> str:
    """Anonymise what is older than RETENTION_DAYS; return the counts."""
    erased = str(retention.prune(days=settings.RETENTION_DAYS))
    logger.info("pruned: %s", erased)
    return erased
