"""The hook that a partner connects, and a second, optional one."""

from django.dispatch import Signal

# Sent once for each new webhook event, inside the transaction that stores it, with
#   event:   the WebhookEvent row
#   payload: the parsed schemas.webhooks.WebhookPayload
# A receiver that raises rolls everything back, and Printora's retry is then processed as new. So a
# receiver writes to the database and does nothing else: no mail, no HTTP, no broker.
#
# It can be sent twice for one event: when reconciliation recorded the event and Printora's own,
# signed one arrives later (event.source is the origin of this one). Make receivers idempotent.
#
# Where the customer of its session was erased (event.anonymised_at), neither of the two holds one.
order_event = Signal()

# Optional. Sent when a later delivery of an event has another content than the first, and than the
# last that did: `event` has the first in `body` and this one in `changed_body`; `payload` is this
# one, parsed. It is sent inside a transaction too, by the same rules. Staff should review it: the
# data of the first delivery stands, and nobody can say which of the two is right.
event_changed = Signal()
