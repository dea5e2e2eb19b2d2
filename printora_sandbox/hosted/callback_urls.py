"""The partner's callback URLs, with the result of the visit in their query."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from printora_sandbox.models import Order, OrderStatus, Session


def success_url(order: Order) -> str:
    """Return the URL for a visitor who has paid."""
    session = order.session
    return _with_query(session.success_url, sessionId=session.uuid, orderId=order.uuid)


def failed_url(session: Session, *, code: str, message: str) -> str:
    """Return the URL for a visitor who has not bought anything, with the reason."""
    return _with_query(
        session.failed_url, sessionId=session.uuid, error_code=code, error_message=message
    )


def cancelled_url(session: Session) -> str:
    """Return the URL for a visitor who cancelled."""
    return failed_url(session, code="cancelled", message="The customer cancelled")


def declined_url(session: Session) -> str:
    """Return the URL for a visitor whose card was declined."""
    return failed_url(session, code="card_declined", message="The card was declined")


def order_callback_url(order: Order) -> str:
    """Return the callback URL that fits the order's state."""
    cancelled = order.status == OrderStatus.CANCELLED
    return cancelled_url(order.session) if cancelled else success_url(order)


def _with_query(url: str, **parameters: object) -> str:
    """Add parameters to a URL's query and keep the partner's own."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    return urlunsplit(parts._replace(query=query))
