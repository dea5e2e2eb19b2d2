"""Offer the one hook that a partner connects."""

from django.dispatch import Signal

# Sent once for each new webhook event, inside the transaction that stores it, with
#   event:  the WebhookEvent row
#   notice: the parsed notices.WebhookNotice
# A receiver that raises rolls everything back, and Printora's retry is then processed as new. So a
# receiver writes to the database and does nothing else: no mail, no HTTP, no broker.
order_event = Signal()
