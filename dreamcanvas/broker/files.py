"""The broker of the demo: a folder with one file for each message.

Senders write a whole file under another name, and rename it: a reader finds it complete or not at
all. Any number of processes of one machine may send and read. The oldest message comes first.
A message is deleted when a worker takes it: if the worker is then killed, the message is lost, and
beat sends its task again. Celery's remote control needs a broker that reaches all workers at once,
so it works with Redis only.
"""

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import virtual
from kombu.utils.json import dumps, loads

from .messages import UNREADABLE, CheckedTransport, log_refusal

MAX_BYTES = 1024 * 1024  # of one message: ours have about one kilobyte
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # no link, and no wait for a pipe
_NOT_OURS = {errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENXIO}  # of what cannot be opened
_NUMBER = re.compile(r"\d{1,15}(?=_)")


class _NotAMessageError(Exception):
    """What has a message's name and is a folder, a pipe, or a file that is too large."""


class Channel(virtual.Channel):
    """A channel over the files `<number>_<random>.<queue>.msg` of one folder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- kombu's own
        super().__init__(*args, **kwargs)
        options: Any = self.connection.client.transport_options  # type: ignore[union-attr]  # set
        self._folder = Path(options["data_folder_in"])
        self._reported: set[str] = set()
        with _as_channel_error("The broker's folder cannot be made"):
            self._make_folder()

    def waiting_messages(self, queue: str, *, limit: int) -> list[bytes]:
        """Return the messages that no worker has taken, the oldest first."""
        messages = []
        for path in self._paths(queue)[:limit]:
            with contextlib.suppress(OSError, _NotAMessageError):
                messages.append(_read(path))
        return messages

    def _put(self, queue: str, message: dict[str, Any], **_options: object) -> None:
        """Add a message; raises ChannelError where it cannot, and then leaves no part of it."""
        name = f"{self._last_number() + 1:012d}_{secrets.token_hex(8)}.{queue}"
        part = self._folder / f"{name}.part"
        with _as_channel_error("The message cannot be written"):
            self._make_folder()
            try:
                _write(part, dumps(message).encode())
                part.rename(self._folder / f"{name}.msg")
            except OSError:
                part.unlink(missing_ok=True)
                raise

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ANN401, ARG002 -- any JSON; kombu's signature
        """Take the oldest message; raises Empty when there is none."""
        for path in self._paths(queue):
            try:
                text = _read(path)
                path.unlink()  # raises FileNotFoundError where another reader was faster
                return loads(text)
            except UNREADABLE as error:
                log_refusal(queue, error)
            except _NotAMessageError as error:
                self._put_aside(path, queue, str(error))
            except OSError as error:
                if error.errno in _NOT_OURS:
                    self._put_aside(path, queue, "it cannot be read or deleted")
                elif error.errno != errno.ENOENT:
                    raise ChannelError(f"A message cannot be read: {error.strerror}") from error
        raise Empty

    def _put_aside(self, path: Path, queue: str, reason: str) -> None:
        """Rename what is no message; log it once, also where a new name is impossible."""
        new_name = f"refused.{secrets.token_hex(8)}"
        with contextlib.suppress(OSError):
            path.rename(self._folder / new_name)
        if path.name not in self._reported:
            self._reported.add(path.name)
            log_refusal(queue, f"{reason} ({new_name})")

    def _size(self, queue: str) -> int:
        return len(self._paths(queue))

    def _purge(self, queue: str) -> int:
        paths = self._paths(queue)
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def _paths(self, queue: str) -> list[Path]:
        """Return the messages of a queue, the oldest first."""
        numbered = [(number, path) for number, path in self._numbered() if _queue(path) == queue]
        return [path for _number, path in sorted(numbered)]

    def _last_number(self) -> int:
        return max((number for number, _path in self._numbered()), default=0)

    def _numbered(self) -> Iterator[tuple[int, Path]]:
        """Yield each message with its number: no clock, which could go back, decides the order."""
        with _as_channel_error("The broker's folder cannot be read"):
            self._make_folder()  # somebody may have deleted it
            paths = list(self._folder.glob("*.msg"))
        for path in paths:
            number = _NUMBER.match(path.name)
            yield int(number.group()) if number else 0, path

    def _make_folder(self) -> None:
        """Make the folder for this user only; raises OSError."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)  # an older version made it for all


def _queue(path: Path) -> str:
    return path.name.partition(".")[2].removesuffix(".msg")


def _read(path: Path) -> bytes:
    """Return a message's text; raises OSError or _NotAMessageError."""
    descriptor = os.open(path, _READ_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _NotAMessageError("it is no file")
        if status.st_size > MAX_BYTES:
            raise _NotAMessageError("it is too large")
        return os.read(descriptor, MAX_BYTES)
    finally:
        os.close(descriptor)


def _write(path: Path, text: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)


@contextlib.contextmanager
def _as_channel_error(message: str) -> Iterator[None]:
    """Raise ChannelError, which kombu and Celery expect, where a block raises OSError."""
    try:
        yield
    except OSError as error:
        raise ChannelError(f"{message}: {error.strerror}") from error


class Transport(CheckedTransport):
    """The transport of the demo's broker."""

    Channel = Channel
    driver_type = driver_name = "filesystem"
    default_port = 0

    def driver_version(self) -> str:
        """Return no version: there is no driver."""
        return "N/A"
