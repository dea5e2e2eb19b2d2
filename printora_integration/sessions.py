"""Start print sessions: save, call, redirect; in this order, so that nothing is bought twice."""

import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from .client import PrintoraClient, get_client
from .exceptions import RedirectRefusedError
from .models import PrintSession
from .schemas import PartnerSession

# Letters, digits, dots and hyphens only: browsers read a backslash as a slash, and others likewise.
_PLAIN_HOST = re.compile(r"([a-z0-9-]+\.)*[a-z0-9-]+(:443)?", re.IGNORECASE)


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

    The same visitor and reference get the same session while its link lives (15 minutes): a second
    click, a reload or a retry after a failure repeats the question with the same idempotency key.
    `image_url` is absolute and public; `back_url` is the page to return to.
    Raises a PrintoraError, after which calling again is safe. Printora: "Create Session".
    """
    session = _open_session(
        visitor=visitor, reference=reference, image_url=image_url, title=title, back_url=back_url
    )
    if not session.redirect_url:
        reply = (client or get_client()).create_session(
            idempotency_key=str(session.idempotency_key),
            image_url=session.image_url,
            success_url=_public_url(settings.PRINTORA_SUCCESS_URL_NAME),
            failed_url=_public_url(settings.PRINTORA_FAILED_URL_NAME),
        )
        _keep_reply(session, reply)
    _require_allowed_host(session.redirect_url)
    return session


def _open_session(*, visitor: str, reference: str, **facts: str) -> PrintSession:
    """Find or save the visitor's open session; a database constraint decides every race."""
    mine = PrintSession.objects.filter(visitor=visitor, reference=reference)
    with transaction.atomic():
        mine.stale().mark(PrintSession.Status.EXPIRED)
        session, _created = PrintSession.objects.get_or_create(
            visitor=visitor,
            reference=reference,
            status__in=PrintSession.OPEN,
            defaults=facts,
        )
    return session


def _keep_reply(session: PrintSession, reply: PartnerSession) -> None:
    url = reply.redirect_url or ""
    _require_allowed_host(url)  # before it is kept: a refused link must not be found again
    session.session_id = reply.session_id
    session.redirect_url = url
    session.save(update_fields=["session_id", "redirect_url", "updated_at"])
    # Only what is still new becomes pending: its order may have come in while we waited.
    PrintSession.objects.filter(pk=session.pk, status=PrintSession.Status.NEW).mark(
        PrintSession.Status.PENDING
    )
    session.refresh_from_db(fields=["status"])


def _public_url(name: str) -> str:
    return urljoin(str(settings.APP_URL), reverse(name))


def _require_allowed_host(url: str) -> None:
    """Raise RedirectRefusedError unless PRINTORA_REDIRECT_HOSTS allows this URL.

    An entry that is a host allows https on it and on its subdomains, at the usual port; an entry
    that is an origin (`http://localhost:8001`) allows exactly that origin.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname or ""
    plain = parts.scheme == "https" and _PLAIN_HOST.fullmatch(parts.netloc)
    for allowed in settings.PRINTORA_REDIRECT_HOSTS:
        if "://" in allowed:
            if f"{parts.scheme}://{parts.netloc}" == allowed.rstrip("/"):
                return
        elif plain and (host == allowed or host.endswith(f".{allowed}")):
            return
    raise RedirectRefusedError(
        "Printora sent a link to a host that PRINTORA_REDIRECT_HOSTS does not name."
    )
