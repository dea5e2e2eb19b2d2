"""Tidy the gallery in the background; beat runs these."""

import logging
import time

from celery import shared_task

from printora_integration.exceptions import PrintoraError
from printora_integration.merch import get_background_merch_client

from .merch.mirror import refresh_all
from .merch.mirror import refresh_merch as refresh_merch_of
from .models import Creator, Interest, MerchItem
from .uploads.models import Upload

logger = logging.getLogger(__name__)

_QUICK = 20.0  # seconds
_BUDGET = 60.0  # seconds: a worker has more to do, and the next time goes on from there


@shared_task
def expire_uploads() -> int:
    """Delete the visitors' pictures that have outlived their thirty days; return how many."""
    outlived = list(Upload.objects.outlived())
    count = sum(_erased(upload) for upload in outlived)
    if outlived:
        logger.info("uploads expired: %d of %d", count, len(outlived))
    return count


def _erased(upload: Upload) -> bool:
    try:
        upload.erase()
    except OSError as error:  # the storage's trouble with one file is no reason to keep the others
        logger.warning("an upload could not be deleted: %s", type(error).__name__)
        return False
    return True


@shared_task
def forget_interest() -> int:
    """Forget who looked at what before yesterday; the counters stay. Return how many rows."""
    count, _each = Interest.objects.before_yesterday().delete()
    return count


@shared_task
def refresh_limited() -> None:
    """Read again what may sell out, more often than the rest."""
    limited = MerchItem.objects.on_open_shelves().exclude(stock_limit=None).values("creator")
    deadline = time.monotonic() + _QUICK
    try:
        for creator in Creator.objects.filter(pk__in=limited).order_by("refreshed_at"):
            if time.monotonic() > deadline:
                break
            refresh_merch_of(creator, get_background_merch_client())
    except PrintoraError as error:
        logger.warning("limited merch not refreshed: %s", type(error).__name__)


@shared_task
def refresh_merch() -> None:
    """Bring our copy of creators and merch into line with Printora."""
    try:
        now = refresh_all(get_background_merch_client(), budget=_BUDGET)
    except PrintoraError as error:
        logger.warning("merch not refreshed: %s", type(error).__name__)
    else:
        logger.info("merch refreshed: %d creators, %d items", now.creators, now.merch)
