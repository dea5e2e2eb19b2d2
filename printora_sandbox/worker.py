"""The background worker: a thread of the serving process that moves orders and sends webhooks."""

import logging
import threading
from collections.abc import Callable

import httpx
from django.db import DatabaseError, close_old_connections, connection

from .logs import describe_error
from .models import Delivery, Faults, occurs
from .orders.autofulfil import autofulfil_due_orders
from .orders.unpaid import cancel_unpaid_orders
from .partners import Partner, partner_by_id
from .webhooks import wakeup
from .webhooks.queue import claim_next, record_attempt
from .webhooks.sender import Result, post

logger = logging.getLogger(__name__)

MAX_SENDERS = 4  # a partner that does not respond must not delay the others
POLL_SECONDS = 0.25  # finds what became due, and what another process queued
ERROR_DELAY_SECONDS = 1.0  # so that a permanent error does not fill the log

DROPPED = Result(
    http_status=None,
    error="Never sent: dropped on purpose (fault)",
    response_body="",
    duration_ms=0,
)


class Worker:
    """The loop that fulfils and cancels orders and sends webhooks until the process ends."""

    def __init__(self) -> None:
        self._free_senders = threading.BoundedSemaphore(MAX_SENDERS)
        # No proxy and no redirect: an attempt goes to the partner's registered address only.
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def start(self) -> None:
        """Start the thread; it ends with the process."""
        threading.Thread(target=self._run, name="worker", daemon=True).start()

    def _run(self) -> None:
        jobs = (autofulfil_due_orders, cancel_unpaid_orders, self._send_due_webhooks)
        while True:
            results = [_run_job(job) for job in jobs]  # a failed job must not stop the others
            wakeup.wait(POLL_SECONDS if all(results) else ERROR_DELAY_SECONDS)

    def _send_due_webhooks(self) -> None:
        while self._free_senders.acquire(timeout=POLL_SECONDS):
            started = False
            try:
                started = self._start_next()
            finally:
                if not started:
                    self._free_senders.release()
            if not started:
                return

    def _start_next(self) -> bool:
        delivery = claim_next()
        if delivery is None:
            return False
        threading.Thread(target=self._send, args=(delivery,), name="webhook", daemon=True).start()
        return True

    def _send(self, delivery: Delivery) -> None:
        try:
            self._attempt(delivery)
        except Exception as error:  # noqa: BLE001  (the claim expires, then it is sent again)
            _log_failure(f"Delivery {delivery.uuid}", error)
        finally:
            connection.close()
            self._free_senders.release()
            wakeup.notify()

    def _attempt(self, delivery: Delivery) -> None:
        faults = Faults.current()
        dropped = occurs(faults.webhook_drop_percent)
        partner = partner_by_id(delivery.order.session.partner)
        result = DROPPED if dropped else self._post(delivery, partner, faults)
        recorded = record_attempt(delivery, result, is_last=dropped)
        outcome = recorded.status if recorded else "claim lost"
        logger.info(
            "%s %s: %s (%s)",
            delivery.event,
            delivery.uuid,
            result.http_status or result.error,
            outcome,
        )

    def _post(self, delivery: Delivery, partner: Partner, faults: Faults) -> Result:
        secret = partner.webhook_secret
        if occurs(faults.webhook_bad_signature_percent):
            secret += "-of-somebody-else"
        return post(
            self._client, url=partner.webhook_url, body=delivery.body.encode(), secret=secret
        )


def _run_job(job: Callable[[], None]) -> bool:
    """Run a job and return whether it succeeded; the worker's only thread survives any error."""
    try:
        job()
    except DatabaseError:
        # The database is not migrated yet, or it is busy. The queue is a table, so nothing is lost.
        logger.warning("The queue can't be read; trying again.")
        close_old_connections()
        return False
    except Exception as error:  # noqa: BLE001  (see above)
        _log_failure(job.__name__, error)
        connection.close()  # a transaction may be open on it
        return False
    return True


def _log_failure(subject: str, error: Exception) -> None:
    logger.error("%s failed: %s; trying again.", subject, describe_error(error))
