"""Take customers' data out of what we keep of Printora, and leave the timeline.

What stays of an event: which session and order, what happened, when, and for how much. Whether and
when to do so is yours to decide: give these functions the rows.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import PrintSession, RefusedDelivery, WebhookEvent

# What says nothing of a person; lower case, without underscores, so that both dialects match.
_KEPT = {
    *("sessionid", "event", "timestamp", "data", "orderid", "ordernumber", "status"),
    *("paymentstatus", "paymentmethod", "totalamount", "currency"),
    *("createdat", "paidat", "shippedat", "deliveredat"),
}
ERASED = "(erased)"  # in a title's place
_BATCH = 500  # rows in one transaction: webhooks must not wait long for their turn


def events_to_anonymise() -> "QuerySet[WebhookEvent]":
    """Return the events that still hold customers' data."""
    return WebhookEvent.objects.filter(anonymised_at__isnull=True)


def sessions_naming(email: str) -> list[str]:
    """Return the session ids of the events whose body holds this address; reads every body."""
    found = Q()
    for spelling in _spellings(email):
        found |= Q(body__icontains=spelling) | Q(changed_body__icontains=spelling)
    candidates = WebhookEvent.objects.filter(found).values_list(
        "session_id", "body", "changed_body"
    )
    names = _whole(email)
    return sorted({key for key, *bodies in candidates.iterator() if any(map(names, bodies))})


def anonymise_events(events: "QuerySet[WebhookEvent]") -> int:
    """Take customers' data out of these events, in batches; return how many there were.

    A batch is one transaction. An event that is anonymised already is left as it is.
    """
    count = 0
    for keys in _batches(events.filter(anonymised_at__isnull=True)):
        with transaction.atomic():
            rows = list(WebhookEvent.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
            for event in rows:
                anonymise(event)
            count += WebhookEvent.objects.bulk_update(
                rows, ["body", "changed_body", "anonymised_at"]
            )
    return count


def anonymise(event: WebhookEvent) -> None:
    """Take customers' data out of one event; saving it is up to you."""
    event.body, event.changed_body = without_customer(event.body), ""
    event.anonymised_at = timezone.now()


def sessions_to_anonymise(*, before: datetime) -> "QuerySet[PrintSession]":
    """Return the sessions made before a moment that still tell of their visitor."""
    return _telling(PrintSession.objects.filter(created_at__lt=before))


def visitors_of(session_ids: list[str]) -> list[str]:
    """Return the visitors who began these sessions; what else you keep of them is yours to erase.

    Ask before `anonymise_sessions`: afterwards nobody can tell.
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

    Titles and references go too: those of a visitor's own picture are the visitor's words. What is
    still open is closed: its link was the visitor's.
    """
    count = 0
    for keys in _batches(_telling(sessions)):
        rows = PrintSession.objects.filter(pk__in=keys)
        with transaction.atomic():
            # Closed first: of the open ones, no two may have one visitor and reference.
            rows.open().mark(PrintSession.Status.EXPIRED)
            count += rows.update(
                visitor="", reference="", title=ERASED, image_url="", back_url="", redirect_url=""
            )
    return count


def _telling(sessions: "QuerySet[PrintSession]") -> "QuerySet[PrintSession]":
    return sessions.exclude(visitor="", reference="")


def delete_refused(*, before: datetime | None = None, naming: str = "") -> int:
    """Delete refused deliveries: those received before a moment, or holding this address.

    They are deleted whole, for nobody knows what is in them. Returns how many there were.
    """
    if before is not None:
        return RefusedDelivery.objects.filter(received_at__lt=before).delete()[0]
    # In Python: a database cannot fold the case of bytes that may be no text at all.
    names = _whole(naming)
    keys = [
        refused.pk
        for refused in RefusedDelivery.objects.iterator(chunk_size=100)
        if names(bytes(refused.body).decode(errors="replace"))
    ]
    return RefusedDelivery.objects.filter(pk__in=keys).delete()[0]


def without_customer(body: str) -> str:
    """Return a webhook's body with nothing but the fields that say nothing of a person."""
    try:
        record = json.loads(body, parse_float=str)  # amounts stay as they were written
    except (ValueError, RecursionError):
        return "{}"
    return json.dumps(_kept(record, levels=2)) if isinstance(record, dict) else "{}"


def _kept(record: dict[str, Any], *, levels: int) -> dict[str, Any]:
    kept = {}
    for name, value in record.items():
        if name.replace("_", "").lower() not in _KEPT:
            continue
        if isinstance(value, dict):
            kept[name] = _kept(value, levels=levels - 1) if levels > 1 and name == "data" else {}
        elif not isinstance(value, list):
            kept[name] = value
    return kept


def _batches(rows: "QuerySet[Any]") -> Iterator[list[int]]:
    """Yield the keys of all rows, a batch at a time, in an order that changes do not disturb."""
    after = 0
    while keys := list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:_BATCH]
    ):
        yield keys
        after = keys[-1]


def _spellings(email: str) -> set[str]:
    """Return an address as it is and as JSON may write it, é being an escape too; never empty."""
    cases = {email, email.lower(), email.upper()}
    return cases | {json.dumps(case)[1:-1] for case in cases}


def _whole(email: str) -> Callable[[str], Any]:
    """Return a search for an address that is not part of a longer one, in any case."""
    spelling = "|".join(map(re.escape, sorted(_spellings(email))))
    return re.compile(rf"(?<![\w.+-])({spelling})(?![\w-]|\.\w)", re.IGNORECASE).search
