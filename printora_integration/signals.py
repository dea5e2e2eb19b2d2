"""Offer the hook that a partner connects, and a second one for those who want to know more."""

from django.dispatch import Signal

# Sent once for each new webhook event, inside the transaction that stores it, with
#   event:  the WebhookEvent row
#   notice: the parsed notices.WebhookNotice
# A receiver that raises rolls everything back, and Printora's retry is then processed as new. So a
# receiver writes to the database and does nothing else: no mail, no HTTP, no broker.
#
# What reconciliation had put together is sent again when Printora's own, signed event takes its
# place (event.source tells which it is), so a receiver must bear to hear of one event twice.
#
# Where the customer of its session was erased (event.anonymised_at), neither of the two holds one.
order_event = Signal()

# Optional. Sent when a later delivery of an event tells something else than the first, and than the
# last that did: `event` has the first in `body` and this one in `changed_body`, `notice` is this
# one, parsed.
# Inside a transaction too, by the same rules. It is news for a person: the facts of the first
# stand, and nobody can say which of the two is right.
event_changed = Signal()
