"""Tidy the gallery in the background; beat runs these."""

import logging

from celery import shared_task

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
