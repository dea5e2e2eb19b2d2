"""A mail backend for development: each mail becomes a file that any mail program opens."""

import secrets
import time
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """A backend that writes each mail to an .eml file in EMAIL_FILE_PATH."""

    def __init__(self, *, file_path: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH or "var/mail")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; return how many."""
        # A folder that is there may be shared on purpose; the files are private in any case.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            stem = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(3)}"
            draft = self.folder / f"{stem}.part"
            draft.touch(mode=0o600, exist_ok=False)
            try:
                draft.write_bytes(mail.message().as_bytes())
                draft.rename(draft.with_suffix(".eml"))  # complete, or not there at all
            finally:
                draft.unlink(missing_ok=True)  # the disk is full: nobody would erase a part
        return len(email_messages)


def delete_files(*, to: str = "", before: float = 0) -> int:
    """Delete the mails to an address, or written before a moment (epoch seconds); return how many.

    Mails that a server has sent are beyond our reach.
    """
    outdated = [
        path
        for path in _files()
        if path.stat().st_mtime < before or (to and _recipient(path) == to.strip().lower())
    ]
    for path in outdated:
        path.unlink(missing_ok=True)
    return len(outdated)


def _files() -> Iterator[Path]:
    folder = settings.EMAIL_FILE_PATH
    return Path(folder).glob("*.eml") if folder else iter(())


def _recipient(path: Path) -> str:
    return str(message_from_bytes(path.read_bytes()).get("To", "")).strip().lower()
