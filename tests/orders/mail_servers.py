"""Mail servers that fail, each in its own way."""

import threading
from typing import Any

from django.core.mail.backends.locmem import EmailBackend


class Refusing(EmailBackend):
    """A mail server that refuses all mails."""

    def send_messages(self, _mails: Any) -> int:
        raise OSError(113, "no route to grace@example.com")


class Picky(EmailBackend):
    """A mail server that refuses one kind of mail."""

    def send_messages(self, mails: Any) -> int:
        if any("Payment" in message.subject for message in mails):
            raise ValueError("grace@example.com is refused")
        return super().send_messages(mails)


class Slow(EmailBackend):
    """A mail server that waits for `may_end` before it takes a mail."""

    sending, may_end = threading.Event(), threading.Event()

    def send_messages(self, mails: Any) -> int:
        self.sending.set()
        self.may_end.wait(10)
        return super().send_messages(mails)


class Unreachable(EmailBackend):
    """A mail server that is not there."""

    tried = 0

    def open(self) -> None:
        type(self).tried += 1
        raise ConnectionRefusedError(111, "Connection refused")
