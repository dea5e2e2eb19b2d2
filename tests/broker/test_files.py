"""The broker of the demo hands over whole messages, and survives whatever lies in its folder."""

import errno
import logging
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES

from dreamcanvas.broker import files
from tests.broker.conftest import TASK
from tests.broker.reading import received
from vendor_kit.queue import enqueue

pytestmark = pytest.mark.one_database
Send = Callable[..., None]


def test_messages_come_in_the_order_in_which_they_were_sent(
    file_connection: Connection, send: Send
) -> None:
    tasks = [TASK, "orders.tasks.prune", TASK, "gallery.tasks.refresh_merch"] * 3
    for task in tasks:
        send(file_connection, task, queue="celery")
    assert received(file_connection) == tasks


def test_messages_of_another_queue_stay_where_they_are(
    file_connection: Connection, send: Send, folder: Path
) -> None:
    send(file_connection, queue="mails")
    assert received(file_connection, seconds=0.05) == []
    assert len(list(folder.iterdir())) == 1


def test_only_the_user_of_the_site_reads_the_messages(
    file_connection: Connection, send: Send, folder: Path
) -> None:
    folder.mkdir(parents=True, mode=0o755)
    send(file_connection)
    [path] = folder.iterdir()
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (folder, path)]
    assert modes == [0o700, 0o600]


def test_message_that_is_being_written_is_not_there_yet(
    file_connection: Connection, send: Send, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    rename = Path.rename

    def look(path: Path, target: Path) -> Path:
        with Connection(
            "filesystem://",
            transport=files.Transport,
            transport_options={"data_folder_in": str(folder)},
        ) as other:
            found.extend(received(other, seconds=0.01))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", look)
    send(file_connection)
    assert found == []
    assert received(file_connection) == [TASK]


def test_two_readers_take_each_message_once(
    file_connection: Connection, send: Send, folder: Path
) -> None:
    for _message in range(40):
        send(file_connection)
    taken: list[str] = []

    def read() -> None:
        options = {"data_folder_in": str(folder)}
        with Connection(
            "filesystem://", transport=files.Transport, transport_options=options
        ) as other:
            taken.extend(received(other, seconds=0.01))

    readers = [threading.Thread(target=read) for _reader in range(3)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(taken) == 40


def make_garbage(folder: Path) -> None:
    """Put into the folder what no worker can read, each before any message."""
    (folder / "0_a.celery.msg").write_bytes(b"")
    (folder / "0_b.celery.msg").write_bytes(b'{"body": "W1tdLCB7fSw')
    (folder / "0_c.celery.msg").write_bytes(b"[1, 2]")
    (folder / "0_d.celery.msg").write_bytes(b"\x80\x04\x95secret\xff\x00")
    (folder / "0_e.celery.msg").mkdir()
    (folder / "0_e.celery.msg" / "x").touch()
    os.mkfifo(folder / "0_f.celery.msg")
    (folder / "0_g.celery.msg").symlink_to("/etc/hostname")
    (folder / "0_h.celery.msg").symlink_to(folder)
    with (folder / "0_i.celery.msg").open("wb") as large:
        large.truncate(files.MAX_BYTES + 1)
    (folder / "0_j.celery.msg").write_bytes(b"[" * 100_000)
    (folder / "0_k.celery.msg").write_bytes(b'{"__type__": "uuid", "__value__": 5}')
    (folder / f"{'9' * 200}.celery.msg").write_bytes(b"null")


def test_reader_outlives_whatever_lies_in_the_folder(
    file_connection: Connection, send: Send, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.mkdir(parents=True)
    make_garbage(folder)
    send(file_connection)
    with caplog.at_level(logging.ERROR):
        assert received(file_connection) == [TASK]
    assert list(folder.glob("*.msg")) == []
    assert len(caplog.messages) == 12
    assert "secret" not in caplog.text


def test_folder_that_was_deleted_is_made_again(
    file_connection: Connection, send: Send, folder: Path
) -> None:
    assert received(file_connection, seconds=0.01) == []
    folder.rmdir()
    assert received(file_connection, seconds=0.01) == []
    folder.rmdir()
    send(file_connection)
    assert received(file_connection) == [TASK]


def test_full_disk_leaves_no_part_of_a_message_and_tells_the_sender(
    file_connection: Connection, send: Send, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_half(path: Path, text: bytes) -> None:
        path.write_bytes(text[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_write", write_half)
    with pytest.raises(OperationalError, match="cannot be written: No space left"):
        send(file_connection, retry=False)
    assert list(folder.iterdir()) == []


def test_page_learns_that_a_full_disk_took_no_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from celery import current_app

    from printora_integration.tasks import expire_sessions

    blocked = tmp_path / "file"
    blocked.touch()  # no folder can be made in it
    assert "dreamcanvas" in TRANSPORT_ALIASES["filesystem"]
    options = {"data_folder_in": str(blocked / "queue")}
    monkeypatch.setitem(current_app.conf, "broker_transport_options", options)
    assert enqueue(expire_sessions) is False
