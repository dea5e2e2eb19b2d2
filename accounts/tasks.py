"""The background work of accounts; beat starts it."""

import logging

from celery import shared_task

from . import pruning

logger = logging.getLogger(__name__)


@shared_task
def prune_sign_ins() -> None:
    """Delete old sessions and the rows of old sign-ins."""
    logger.info("pruned: %s", pruning.prune())
