"""Start print sessions: save, call, redirect; in this order, so that nothing is bought twice.

The same visitor, reference and choice get the same session while its link lives (15 minutes; 24
hours once visited): a second click, a reload or a retry after a failure repeats the request with
the same idempotency key. Before a link that has ended unvisited is replaced, Printora is asked
whether it was visited after all. Another choice under the same reference closes the old session.
"""

from typing import Any

from django.conf import settings
from django.db import IntegrityError

from printora_integration import conf
from printora_integration.client import PrintChoice, PrintoraClient, UserData, get_client
from printora_integration.exceptions import (
    ArgumentError,
    InvalidResponseError,
    PrintoraError,
    RedirectRefusedError,
    TransportError,
)
from printora_integration.models import PrintSession
from printora_integration.schemas.api import PartnerSession
from vendor_kit.arguments import is_absolute_url, is_allowed_url
from vendor_kit.json import UNSTORABLE

from .refresh import refresh_session

_COLUMN_BY_ARGUMENT = {"picture_url": "image_url"}  # of arguments with another name


def start_print_session(
    choice: PrintChoice,
    *,
    visitor: str,
    reference: str,
    title: str,
    back_url: str,
    picture_url: str = "",
    user_data: UserData | None = None,
    client: PrintoraClient | None = None,
) -> PrintSession:
    """Return the session whose `redirect_url` this visitor should be sent to now.

    `back_url` is the page to return to, `picture_url` what your pages may show in flows B and C.
    `user_data` prefills the checkout and is not stored here. Raises a PrintoraError, after which
    calling again is safe. Printora: https://docs.printora.ai/partner-api, "Create Session".

    Call it outside any transaction, or it raises RuntimeError: what an outer one rolls back would
    lose the key of a session that Printora has made. With ATOMIC_REQUESTS, decorate your view with
    `transaction.non_atomic_requests`.
    """
    owner = {"visitor": visitor, "reference": reference}
    chosen = _choice_columns(choice)
    details = {"title": title, "back_url": back_url}
    _require_storable(chosen | owner | details | {"picture_url": picture_url})
    if choice.image_url is None:
        details["image_url"] = picture_url
    _check_ended_link(owner | chosen, client)
    session = PrintSession.objects.open_or_new(owner=owner, chosen=chosen, details=details)
    if session.redirect_url:
        require_allowed_host(session.redirect_url)
    else:
        _request_session(session, choice, user_data, client)
    return session


def _choice_columns(choice: PrintChoice) -> dict[str, Any]:
    """Return a choice as columns of PrintSession."""
    if choice.image_url is not None:
        return {"mode": PrintSession.Mode.IMAGE, "image_url": choice.image_url}
    ids = {
        "creator_id": choice.creator_id or "",
        "merch_id": choice.merch_id or "",
        "variant_id": choice.variant_id or "",
    }
    if choice.creator_id is not None:
        return {"mode": PrintSession.Mode.CREATOR, **ids}
    return {"mode": PrintSession.Mode.MERCH, **ids, "quantity": choice.quantity}


def _require_storable(columns: dict[str, Any]) -> None:
    """Check that the columns of PrintSession can hold these texts; the error names the argument."""
    for name, text in columns.items():
        if not isinstance(text, str):
            continue
        column = PrintSession._meta.get_field(_COLUMN_BY_ARGUMENT.get(name, name))  # noqa: SLF001 -- documented, whatever its name
        max_length = getattr(column, "max_length", None)
        if max_length is not None and len(text) > max_length:
            raise ArgumentError(f"{name} is longer than {max_length} characters.")
        if UNSTORABLE.search(text):
            raise ArgumentError(f"{name} holds NUL or half a character.")


def _check_ended_link(columns: dict[str, Any], client: PrintoraClient | None) -> None:
    """Refresh an ended link: if it was visited after all, a new link could lead to a second order.

    Raises a TransportError: a vendor that does not answer this will not make a session either.
    """
    for session in PrintSession.objects.ended_unvisited(**columns):
        try:
            refresh_session(session, client or get_client())
        except TransportError:
            raise
        except PrintoraError:
            pass  # Printora does not know either: we treat it as not visited


def _request_session(
    session: PrintSession,
    choice: PrintChoice,
    user_data: UserData | None,
    client: PrintoraClient | None,
) -> None:
    success_url, failed_url = conf.callback_urls()
    response = (client or get_client()).sessions.create(
        choice,
        idempotency_key=str(session.idempotency_key),
        success_url=success_url,
        failed_url=failed_url,
        user_data=user_data,
    )
    if not response.redirect_url:
        raise InvalidResponseError("Printora's response has no redirectUrl.")
    require_allowed_host(response.redirect_url)  # before it is stored, or it would be found again
    try:
        session.store_response(
            session_id=response.session_id,
            redirect_url=response.redirect_url,
            image_url=_picture_in(response),
        )
    except IntegrityError:
        # Without `from`: the database's message quotes the id.
        raise InvalidResponseError("Printora's response names another row's session.") from None


def _picture_in(response: PartnerSession) -> str:
    """Return the picture that Printora shows for a creator or a merch item, or ""."""
    url = response.image_url or (response.merch and response.merch.design_image_url) or ""
    return url if is_absolute_url(url) and not UNSTORABLE.search(url) else ""


def require_allowed_host(url: str) -> None:
    """Raise RedirectRefusedError unless PRINTORA_REDIRECT_HOSTS allows this URL."""
    if not is_allowed_url(url, settings.PRINTORA_REDIRECT_HOSTS or []):
        raise RedirectRefusedError(
            "Printora sent a link to a host that PRINTORA_REDIRECT_HOSTS does not name."
        )
