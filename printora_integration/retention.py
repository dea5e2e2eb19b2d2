"""Optional: take customers' data out of what we store of Printora, and leave the timeline.

What remains of an event: its session, its order, what happened, when, and the amount. You decide
whether and when: give these functions the rows.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from .models import PrintSession, RefusedDelivery, WebhookEvent

ERASED = "(erased)"  # in a title's place
BATCH_SIZE = 500  # rows in one transaction: webhooks must not wait long for their turn


def events_to_anonymise() -> "QuerySet[WebhookEvent]":
    """Return the events that still hold customers' data."""
    return WebhookEvent.objects.filter(anonymised_at__isnull=True)


def sessions_with_address(email: str) -> list[str]:
    """Return the session ids of the events whose body holds this address; reads every body."""
    found = Q()
    for spelling in _spellings(email):
        found |= Q(body__icontains=spelling) | Q(changed_body__icontains=spelling)
    candidates = WebhookEvent.objects.filter(found).values_list(
        "session_id", "body", "changed_body"
    )
    matches = _whole_address(email)
    return sorted({key for key, *bodies in candidates.iterator() if any(map(matches, bodies))})


def anonymise_events(events: "QuerySet[WebhookEvent]") -> int:
    """Take customers' data out of these events, in batches; return how many there were.

    A batch is one transaction. An event that is anonymised already is left as it is.
    """
    count = 0
    for keys in _batches(events.filter(anonymised_at__isnull=True)):
        with transaction.atomic():
            rows = list(WebhookEvent.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
            for event in rows:
                event.anonymise()
            count += WebhookEvent.objects.bulk_update(
                rows, ["body", "changed_body", "anonymised_at"]
            )
    return count


def sessions_to_anonymise(*, before: datetime) -> "QuerySet[PrintSession]":
    """Return the sessions made before this time that still hold their visitor's data."""
    return _personal(PrintSession.objects.filter(created_at__lt=before))


def visitors_of(session_ids: list[str]) -> list[str]:
    """Return the visitors who began these sessions; erase what else you store of them.

    Call it before `anonymise_sessions`: afterwards nothing links them.
    """
    theirs = PrintSession.objects.filter(session_id__in=session_ids).exclude(visitor="")
    return sorted(set(theirs.values_list("visitor", flat=True)))


def sessions_of_same_visitors(session_ids: list[str]) -> "QuerySet[PrintSession]":
    """Return these sessions, and every other one of the visitors who began them."""
    return PrintSession.objects.filter(
        Q(session_id__in=session_ids) | Q(visitor__in=visitors_of(session_ids))
    )


def anonymise_sessions(sessions: "QuerySet[PrintSession]") -> int:
    """Unlink these sessions from their visitor and picture; return how many there were.

    Titles and references go too: the visitor may have written them. An open session is closed: its
    link was the visitor's.
    """
    count = 0
    for keys in _batches(_personal(sessions)):
        rows = PrintSession.objects.filter(pk__in=keys)
        with transaction.atomic():
            # Locked by key, as everywhere: two runs in other orders would wait for each other.
            list(rows.select_for_update().order_by("pk").values_list("pk"))
            # Closed first: of the open ones, no two may have one visitor and reference.
            rows.open().mark(PrintSession.Status.EXPIRED)
            count += rows.update(
                visitor="", reference="", title=ERASED, image_url="", back_url="", redirect_url=""
            )
    return count


def _personal(sessions: "QuerySet[PrintSession]") -> "QuerySet[PrintSession]":
    return sessions.exclude(visitor="", reference="")


def delete_refused(*, before: datetime | None = None, with_address: str = "") -> int:
    """Delete refused deliveries: those received before this time, or holding this e-mail address.

    They are deleted whole: nobody knows what is in them. Returns how many there were.
    """
    if before is not None:
        return RefusedDelivery.objects.filter(received_at__lt=before).delete()[0]
    # In Python: a database cannot fold the case of bytes that may be no text at all.
    matches = _whole_address(with_address)
    keys = [
        refused.pk
        for refused in RefusedDelivery.objects.iterator(chunk_size=100)
        if matches(bytes(refused.body).decode(errors="replace"))
    ]
    return RefusedDelivery.objects.filter(pk__in=keys).delete()[0]


def _batches(rows: "QuerySet[Any]") -> Iterator[list[int]]:
    """Yield the keys of all rows, a batch at a time, in an order that changes do not disturb."""
    after = 0
    while keys := list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH_SIZE]
    ):
        yield keys
        after = keys[-1]


def _spellings(email: str) -> set[str]:
    """Return an address as it is and as JSON may write it, é being an escape too; never empty."""
    cases = {email, email.lower(), email.upper()}
    return cases | {json.dumps(case)[1:-1] for case in cases}


def _whole_address(email: str) -> Callable[[str], Any]:
    """Return a search for an address that is not part of a longer one, in any case."""
    spelling = "|".join(map(re.escape, sorted(_spellings(email))))
    return re.compile(rf"(?<![\w.+-])({spelling})(?![\w-]|\.\w)", re.IGNORECASE).search
