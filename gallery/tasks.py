"""Tidy the gallery in the background; beat runs these."""

import logging

from celery import shared_task

from printora_integration.client import get_background_client
from printora_integration.exceptions import PrintoraError

from .merch.mirror import refresh_all
from .uploads.models import Upload

logger = logging.getLogger(__name__)


@shared_task
def expire_uploads() -> int:
    """Delete the visitors' pictures that have outlived their thirty days; return how many."""
    count = 0
    for upload in Upload.objects.outlived().iterator():
        upload.erase()
        count += 1
    if count:
        logger.info("uploads expired: %d", count)
    return count


@shared_task
def refresh_merch() -> None:
    """Bring our copy of creators and merch into line with Printora."""
    try:
        now = refresh_all(get_background_client())
    except PrintoraError as error:
        logger.warning("merch not refreshed: %s", type(error).__name__)
    else:
        logger.info("merch refreshed: %d creators, %d items", now.creators, now.merch)
