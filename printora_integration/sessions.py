"""Start print sessions: save, call, redirect; in this order, so that nothing is bought twice."""

import re
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from .client import PrintoraClient, get_client
from .exceptions import (
    PrintoraError,
    RedirectRefusedError,
    TransportError,
    UnexpectedReplyError,
)
from .inputs import is_absolute_url, listed
from .models import PrintSession, PrintSessionQuerySet
from .payloads import UNSTORABLE
from .resources.sessions import UserData
from .schemas import PartnerSession
from .session_choices import chosen, require_storable
from .session_states import settle

# Letters, digits, dots and hyphens only: browsers read a backslash as a slash, and others likewise.
_PLAIN_HOST = re.compile(r"([a-z0-9-]+\.)*[a-z0-9-]+(:443)?", re.IGNORECASE)
_TRIES = 20


def start_print_session(
    *,
    visitor: str,
    reference: str,
    title: str,
    back_url: str,
    image_url: str | None = None,
    creator_id: str | None = None,
    merch_id: str | None = None,
    variant_id: str | None = None,
    quantity: int | None = None,
    picture_url: str = "",
    user_data: UserData | None = None,
    client: PrintoraClient | None = None,
) -> PrintSession:
    """Return the session whose `redirect_url` this visitor should be sent to now.

    Give exactly one of `image_url` (flow A: absolute and public), `creator_id` (flow B) and
    `merch_id` (flow C; `variant_id` and `quantity`, 1 to 100, go with it). `back_url` is the page
    to return to, `picture_url` what your pages may show in flows B and C. `user_data` prefills the
    checkout and is not kept here.

    The same visitor, reference and choice get the same session while its link lives (15 minutes;
    24 hours once visited): a second click, a reload or a retry after a failure repeats the question
    with the same idempotency key. Before a link that has ended unvisited is replaced, Printora is
    asked whether it was visited after all. Another choice under the same reference closes the old
    session. Raises a PrintoraError, after which calling again is safe. Printora: "Create Session".

    Call it outside any transaction, or it raises RuntimeError: what an outer one rolls back would
    lose the key of a session that Printora has made. With ATOMIC_REQUESTS, decorate your view with
    `transaction.non_atomic_requests`.
    """
    choice = chosen(
        image_url=image_url,
        creator_id=creator_id,
        merch_id=merch_id,
        variant_id=variant_id,
        quantity=quantity,
    )
    whose = {"visitor": visitor, "reference": reference}
    facts = {"title": title, "back_url": back_url}
    require_storable(choice | whose | facts | {"picture_url": picture_url})
    if choice["mode"] != PrintSession.Mode.IMAGE:
        facts["image_url"] = picture_url
    _settle_ended(PrintSession.objects.filter(**whose, **choice), client)
    session = _open_session(whose=whose, choice=choice, facts=facts)
    if not session.redirect_url:
        reply = (client or get_client()).sessions.create(
            idempotency_key=str(session.idempotency_key),
            success_url=_public_url(settings.PRINTORA_SUCCESS_URL_NAME),
            failed_url=_public_url(settings.PRINTORA_FAILED_URL_NAME),
            user_data=user_data,
            **session.wanted,
        )
        _keep_reply(session, reply)
    require_allowed_host(session.redirect_url)
    return session


def _settle_ended(sessions: PrintSessionQuerySet, client: PrintoraClient | None) -> None:
    """Ask about an ended link: was it visited unseen, a new one would be a second order's.

    Raises a TransportError: who does not answer this will not make a session either.
    """
    for session in sessions.stale().unsettled()[:1]:  # of the open ones there is one at most
        try:
            settle(session, client or get_client())
        except TransportError:
            raise
        except PrintoraError:
            pass  # nobody can say: as if it was never visited


def _open_session(
    *, whose: dict[str, str], choice: dict[str, Any], facts: dict[str, str]
) -> PrintSession:
    """Find or save the visitor's open session; a database constraint decides every race."""
    for _try in range(_TRIES):
        # Another choice took the one open place at this very moment: close that, and try again.
        with suppress(IntegrityError):
            return _find_or_save(whose, choice, facts)
    raise PrintoraError("Too many choices were made under one reference at once.")


def _find_or_save(
    whose: dict[str, str], choice: dict[str, Any], facts: dict[str, str]
) -> PrintSession:
    mine = PrintSession.objects.filter(**whose)
    # Durable: the key must be committed before Printora is called.
    with transaction.atomic(durable=True):
        mine.open().with_order().mark(PrintSession.Status.COMPLETED)
        mine.stale().mark(PrintSession.Status.EXPIRED)
        mine.open().exclude(**choice).mark(PrintSession.Status.EXPIRED)
        session, _created = PrintSession.objects.get_or_create(
            **whose, **choice, status__in=PrintSession.OPEN, defaults=facts
        )
    return session


def _keep_reply(session: PrintSession, reply: PartnerSession) -> None:
    if not reply.redirect_url:
        raise UnexpectedReplyError("Printora's reply has no redirectUrl.")
    require_allowed_host(reply.redirect_url)  # before it is kept, or it would be found again
    session.session_id = reply.session_id
    session.redirect_url = reply.redirect_url
    session.image_url = session.image_url or _picture_in(reply)
    try:
        with transaction.atomic():
            session.save(update_fields=["session_id", "redirect_url", "image_url", "updated_at"])
    except IntegrityError:
        # Without `from`: the database's message quotes the id.
        raise UnexpectedReplyError("Printora's reply names a session of another row.") from None
    # Only what is still new becomes pending, and an order may have come in while we waited.
    row = PrintSession.objects.filter(pk=session.pk)
    row.filter(status=PrintSession.Status.NEW).mark(PrintSession.Status.PENDING)
    row.with_order().mark(PrintSession.Status.COMPLETED)
    session.refresh_from_db(fields=["status"])


def _picture_in(reply: PartnerSession) -> str:
    """Return the picture that Printora shows for a creator's shelf or a merch item, or ""."""
    url = reply.image_url or (reply.merch and reply.merch.design_image_url) or ""
    return url if is_absolute_url(url) and not UNSTORABLE.search(url) else ""


def _public_url(name: str) -> str:
    return urljoin(str(settings.APP_URL), reverse(name))


def require_allowed_host(url: str) -> None:
    """Raise RedirectRefusedError unless PRINTORA_REDIRECT_HOSTS allows this URL.

    An entry that is a host allows https on it and on its subdomains, at the usual port; an entry
    that is an origin (`http://localhost:8001`) allows exactly that origin.
    """
    parts = urlsplit(url if is_absolute_url(url) else "")
    host = parts.hostname or ""
    plain = parts.scheme == "https" and _PLAIN_HOST.fullmatch(parts.netloc)
    for allowed in listed(settings.PRINTORA_REDIRECT_HOSTS):
        if "://" in allowed:
            if f"{parts.scheme}://{parts.netloc}" == allowed.rstrip("/"):
                return
        elif plain and (host == allowed or host.endswith(f".{allowed}")):
            return
    raise RedirectRefusedError(
        "Printora sent a link to a host that PRINTORA_REDIRECT_HOSTS does not name."
    )
