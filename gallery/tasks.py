"""The gallery's background tasks; Celery beat starts them."""

import logging
import time

from celery import shared_task

from printora_integration.exceptions import PrintoraError
from printora_integration.merch import get_background_merch_client

from .merch.sync import sync_all, sync_merch
from .models import Creator, Engagement, MerchItem, Upload

logger = logging.getLogger(__name__)

_LIMITED_BUDGET = 20.0  # seconds
_FULL_BUDGET = 60.0  # seconds; the next run continues where this one stopped


@shared_task
def expire_uploads() -> int:
    """Delete the visitors' pictures that are older than thirty days; return how many."""
    expired = list(Upload.objects.expired())
    count = sum(_erase(upload) for upload in expired)
    if expired:
        logger.info("uploads expired: %d of %d", count, len(expired))
    return count


def _erase(upload: Upload) -> bool:
    try:
        upload.erase()
    except OSError as error:  # one file that cannot be deleted must not keep the others
        logger.warning("an upload could not be deleted: %s", type(error).__name__)
        return False
    return True


@shared_task(name="gallery.tasks.forget_interest")  # names of tasks are stable: beat sends them
def delete_outdated_engagement() -> int:
    """Delete views and prints from before yesterday; the counters stay. Return how many rows."""
    count, _by_model = Engagement.objects.outdated().delete()
    return count


@shared_task
def refresh_limited() -> None:
    """Sync the creators whose items may sell out, more often than the others."""
    limited = (
        MerchItem.objects.for_sale_by_active_creators().exclude(stock_limit=None).values("creator")
    )
    deadline = time.monotonic() + _LIMITED_BUDGET
    try:
        for creator in Creator.objects.filter(pk__in=limited).order_by("refreshed_at"):
            if time.monotonic() > deadline:
                break
            sync_merch(creator, get_background_merch_client())
    except PrintoraError as error:
        logger.warning("limited merch not refreshed: %s", type(error).__name__)


@shared_task
def refresh_merch() -> None:
    """Sync our copy of creators and merch from Printora."""
    try:
        result = sync_all(get_background_merch_client(), budget=_FULL_BUDGET)
    except PrintoraError as error:
        logger.warning("merch not refreshed: %s", type(error).__name__)
    else:
        logger.info("merch refreshed: %d creators, %d items", result.creators, result.merch)
