"""The mail that a customer gets, as HTML and as text."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from orders.models import Notification

_SUBJECTS = {
    Notification.Kind.PAID: "Payment received: order {order}",
    Notification.Kind.SHIPPED: "On its way: order {order}",
    Notification.Kind.DELIVERED: "Delivered: order {order}",
    Notification.Kind.CANCELLED: "Cancelled: order {order}",
}


def compose(notification: Notification) -> EmailMultiAlternatives:
    """Return the mail of a notification to the order's customer, ready to send."""
    text = _render(notification, "txt")
    mail = EmailMultiAlternatives(
        subject=subject(notification),
        body=text.strip() + "\n",
        to=[notification.order.customer_email],
        headers={
            "Message-ID": notification.message_id,
            "Auto-Submitted": "auto-generated",  # asks for no out-of-office replies
        },
    )
    mail.attach_alternative(render_html(notification), "text/html")
    return mail


def render_html(notification: Notification) -> str:
    """Return the mail as a page of its own."""
    return _render(notification, "html")


def subject(notification: Notification) -> str:
    """Return the subject on one line, even where the order's number has line breaks."""
    number = " ".join(str(notification.order).split())
    return _SUBJECTS[Notification.Kind(notification.kind)].format(order=number)


def _render(notification: Notification, suffix: str) -> str:
    context = {
        "order": notification.order,
        "subject": subject(notification),
        "site_url": settings.APP_URL,
    }
    return render_to_string(f"mail/{notification.kind}.{suffix}", context)
