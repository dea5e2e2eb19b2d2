"""Start print sessions: save, call, redirect; in this order, so that nothing is bought twice."""

import re
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from .client import PrintoraClient, get_client
from .exceptions import ArgumentError, PrintoraError, RedirectRefusedError, UnexpectedReplyError
from .inputs import is_absolute_url, listed
from .models import PrintSession
from .payloads import UNSTORABLE
from .schemas import PartnerSession

# Letters, digits, dots and hyphens only: browsers read a backslash as a slash, and others likewise.
_PLAIN_HOST = re.compile(r"([a-z0-9-]+\.)*[a-z0-9-]+(:443)?", re.IGNORECASE)
_TRIES = 20


def start_print_session(
    *,
    visitor: str,
    image_url: str,
    reference: str,
    title: str,
    back_url: str,
    client: PrintoraClient | None = None,
) -> PrintSession:
    """Return the session whose `redirect_url` this visitor should be sent to now.

    The same visitor, reference and image get the same session while its link lives (15 minutes): a
    second click, a reload or a retry after a failure repeats the question with the same idempotency
    key. `image_url` is absolute and public; `back_url` is the page to return to.
    Raises a PrintoraError, after which calling again is safe. Printora: "Create Session".

    Call it outside any transaction, or it raises RuntimeError: what an outer one rolls back would
    lose the key of a session that Printora has made. With ATOMIC_REQUESTS, decorate your view with
    `transaction.non_atomic_requests`.
    """
    _require_storable(
        visitor=visitor, reference=reference, image_url=image_url, title=title, back_url=back_url
    )
    session = _open_session(
        visitor=visitor, reference=reference, image_url=image_url, title=title, back_url=back_url
    )
    if not session.redirect_url:
        reply = (client or get_client()).sessions.create(
            idempotency_key=str(session.idempotency_key),
            image_url=session.image_url,
            success_url=_public_url(settings.PRINTORA_SUCCESS_URL_NAME),
            failed_url=_public_url(settings.PRINTORA_FAILED_URL_NAME),
        )
        _keep_reply(session, reply)
    _require_allowed_host(session.redirect_url)
    return session


def _open_session(*, visitor: str, reference: str, image_url: str, **facts: str) -> PrintSession:
    """Find or save the visitor's open session; a database constraint decides every race."""
    intent = {"visitor": visitor, "reference": reference, "image_url": image_url}
    for _try in range(_TRIES):
        # Another picture took the one open place at this very moment: close that, and try again.
        with suppress(IntegrityError):
            return _find_or_save(intent, facts)
    raise PrintoraError("Too many pictures were chosen under one reference at once.")


def _find_or_save(intent: dict[str, str], facts: dict[str, str]) -> PrintSession:
    mine = PrintSession.objects.filter(visitor=intent["visitor"], reference=intent["reference"])
    # Durable: the key must be committed before Printora is called.
    with transaction.atomic(durable=True):
        mine.open().with_order().mark(PrintSession.Status.COMPLETED)
        mine.stale().mark(PrintSession.Status.EXPIRED)
        mine.open().exclude(image_url=intent["image_url"]).mark(PrintSession.Status.EXPIRED)
        session, _created = PrintSession.objects.get_or_create(
            **intent, status__in=PrintSession.OPEN, defaults=facts
        )
    return session


def _keep_reply(session: PrintSession, reply: PartnerSession) -> None:
    if not reply.redirect_url:
        raise UnexpectedReplyError("Printora's reply has no redirectUrl.")
    _require_allowed_host(reply.redirect_url)  # before it is kept, or it would be found again
    session.session_id = reply.session_id
    session.redirect_url = reply.redirect_url
    try:
        with transaction.atomic():
            session.save(update_fields=["session_id", "redirect_url", "updated_at"])
    except IntegrityError:
        # Without `from`: the database's message quotes the id.
        raise UnexpectedReplyError("Printora's reply names a session of another row.") from None
    # Only what is still new becomes pending, and an order may have come in while we waited.
    row = PrintSession.objects.filter(pk=session.pk)
    row.filter(status=PrintSession.Status.NEW).mark(PrintSession.Status.PENDING)
    row.with_order().mark(PrintSession.Status.COMPLETED)
    session.refresh_from_db(fields=["status"])


def _require_storable(**facts: str) -> None:
    for argument, text in facts.items():
        column = PrintSession._meta.get_field(argument)  # noqa: SLF001 -- public, for all its name
        longest = getattr(column, "max_length", None)
        if longest is not None and len(text) > longest:
            raise ArgumentError(f"{argument} is longer than {longest} characters.")
        if UNSTORABLE.search(text):
            raise ArgumentError(f"{argument} holds NUL or half a character.")


def _public_url(name: str) -> str:
    return urljoin(str(settings.APP_URL), reverse(name))


def _require_allowed_host(url: str) -> None:
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
