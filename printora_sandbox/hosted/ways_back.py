"""The way back to the partner: its own addresses, with what became of the visit."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpResponseRedirect

from printora_sandbox.models import Order, Session


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST: the browser asks for the new address with GET."""

    status_code = 303


def success_url(order: Order) -> str:
    """Return where the visitor goes after paying."""
    session = order.session
    return _with_query(session.success_url, sessionId=session.uuid, orderId=order.uuid)


def failed_url(session: Session, *, code: str, message: str) -> str:
    """Return where the visitor goes when nothing was bought."""
    return _with_query(
        session.failed_url, sessionId=session.uuid, error_code=code, error_message=message
    )


def cancelled_url(session: Session) -> str:
    """Return where a visitor goes who gave up."""
    return failed_url(session, code="cancelled", message="The customer cancelled")


def declined_url(session: Session) -> str:
    """Return where a visitor goes whose card was declined."""
    return failed_url(session, code="card_declined", message="The card was declined")


def _with_query(url: str, **extra: object) -> str:
    """Add to an address's query, keeping what the partner put there."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(extra))))
    return urlunsplit(parts._replace(query=query))
