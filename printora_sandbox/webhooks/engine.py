"""The thread that sends webhooks and minds the time, in the process that serves the pages."""

import logging
import threading
from collections.abc import Callable

import httpx
from django.db import DatabaseError, close_old_connections, connection

from printora_sandbox.autofulfil import fulfil_what_is_due
from printora_sandbox.logs import type_and_place
from printora_sandbox.models import Delivery, Faults, strikes
from printora_sandbox.partners import Partner, partner_by_id
from printora_sandbox.unpaid import call_off_what_was_never_paid

from . import bell
from .queue import claim_next, close_attempt
from .sender import Result, post

logger = logging.getLogger(__name__)

SENDERS = 4  # one partner that hangs must not hold up the rest
POLL_SECONDS = 0.25  # catches what fell due, and what another process queued
PAUSE_SECONDS = 1.0  # after an error, so that one that stays doesn't fill the log

DROPPED = Result(
    http_status=None, error="Never sent: dropped on purpose (fault)", reply="", duration_ms=0
)


class Engine:
    """Move on what is due, and claim and send what is, until the process ends."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(SENDERS)
        # No proxy and no redirect: the partner's registered address, or a failed attempt.
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def start(self) -> None:
        """Start in the background; the thread ends with the process."""
        threading.Thread(target=self._run, name="webhook-engine", daemon=True).start()

    def _run(self) -> None:
        jobs = (fulfil_what_is_due, call_off_what_was_never_paid, self._send_what_is_due)
        while True:
            went_well = [_try(job) for job in jobs]  # one that fails must not hold up the rest
            bell.wait(POLL_SECONDS if all(went_well) else PAUSE_SECONDS)

    def _send_what_is_due(self) -> None:
        while self._free.acquire(timeout=POLL_SECONDS):
            started = False
            try:
                started = self._start_next()
            finally:
                if not started:
                    self._free.release()
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
        except Exception as error:  # noqa: BLE001  (the claim runs out, and it is tried again)
            _report(f"Delivery {delivery.uuid}", error)
        finally:
            connection.close()
            self._free.release()
            bell.ring()

    def _attempt(self, delivery: Delivery) -> None:
        faults = Faults.current()
        dropped = strikes(faults.webhook_drop_percent)
        partner = partner_by_id(delivery.order.session.partner)
        result = DROPPED if dropped else self._post(delivery, partner, faults)
        closed = close_attempt(delivery, result, is_last=dropped)
        outcome = closed.status if closed else "claim lost"
        answer = result.http_status or result.error
        logger.info("%s %s: %s (%s)", delivery.event, delivery.uuid, answer, outcome)

    def _post(self, delivery: Delivery, partner: Partner, faults: Faults) -> Result:
        secret = partner.webhook_secret
        if strikes(faults.webhook_bad_signature_percent):
            secret += "-of-somebody-else"
        return post(
            self._client, url=partner.webhook_url, body=delivery.body.encode(), secret=secret
        )


def _try(job: Callable[[], None]) -> bool:
    """Do a job of the only thread there is, which outlives whatever goes wrong with it."""
    try:
        job()
    except DatabaseError:
        # Not migrated yet, or busy: the queue waits in the table.
        logger.warning("The queue can't be read; trying again.")
        close_old_connections()
        return False
    except Exception as error:  # noqa: BLE001  (see above)
        _report(job.__name__, error)
        connection.close()  # it may be in the middle of something
        return False
    return True


def _report(what: str, error: Exception) -> None:
    logger.error("%s failed: %s; trying again.", what, type_and_place(error))
