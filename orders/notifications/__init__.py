"""Mails to customers: queued when an order reaches a milestone, and sent from the queue.

A mail is queued in the transaction that saves the milestone. Any process that runs `send_due`
sends it later. It claims the mail first, for as long as sending may take, and talks to the mail
server outside of any transaction. The claim of a process that is killed runs out: at most the mail
in flight goes out twice, under the same Message-ID, and none is lost.
"""

from .queue import enqueue, milestones, send_now, send_with_address
from .sending import send_due

__all__ = ["enqueue", "milestones", "send_due", "send_now", "send_with_address"]
