"""Owe customers a mail when an order reaches a new fact, and deliver what is owed.

A mail is written down in the transaction that makes the fact true, and sent later by whoever runs
`deliver`. Who sends a mail claims it first, for as long as sending may take, and talks to the mail
server outside of any transaction. A process that is killed leaves its claim to run out: at most the
mail in flight goes out twice, under the same Message-ID, and none is lost.
"""

from .delivering import deliver
from .owing import facts, find_address, hurry, owe

__all__ = ["deliver", "facts", "find_address", "hurry", "owe"]
