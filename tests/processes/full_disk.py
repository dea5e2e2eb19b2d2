"""Fill the disk under load: webhooks fail and keep nothing half; with room again, all goes on."""

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.helpers import ROOT
from tests.processes.canaries import browser, submit
from tests.processes.load import Load, assert_nothing_lost
from tests.processes.site import Site, fresh_database

PICTURE = ROOT / "static" / "art" / "arch-stair-ball.jpg"
SETTINGS = "tests.processes.settings"
_BLOCK = 4096  # bytes
_MEGABYTES = 48
_ROUNDS_OF_BEAT = 3  # seconds
_UNSENT = "SELECT id FROM orders_notification WHERE state <> 'sent'"
_UPLOADS = "SELECT id FROM gallery_upload"


class SmallDisk:
    """A disk of its own in memory, which can be filled; only root can mount one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no block free."""
        descriptor = os.open(self._ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            for size in (_BLOCK * 256, _BLOCK):
                with contextlib.suppress(OSError):
                    while True:
                        os.write(descriptor, b"\0" * size)
        finally:
            os.close(descriptor)

    def free(self) -> None:
        """Make room again."""
        self._ballast.unlink()


@contextlib.contextmanager
def small_disk() -> Iterator[SmallDisk]:
    """Mount a disk, and unmount it afterwards; raises OSError where that is not allowed."""
    with tempfile.TemporaryDirectory(prefix="disk-") as folder:
        options = ("-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", folder)
        mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
        if mounted.returncode:
            raise OSError(f"no disk could be mounted: {mounted.stderr.strip()}")
        try:
            yield SmallDisk(Path(folder))
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextlib.contextmanager
def site_on(disk: SmallDisk) -> Iterator[Site]:
    """Yield a site whose database, broker, mails, uploads, schedule and logs are on this disk."""
    with fresh_database(disk.folder, server="") as url:
        mail = f"filemail:///{disk.folder / 'mail'}"
        site = Site(disk.folder, url, EMAIL_URL=mail, DJANGO_SETTINGS_MODULE=SETTINGS)
        try:
            site.manage("migrate", "--verbosity", "0")
            yield site
        finally:
            site.stop()


def run(disk: SmallDisk, *, events: int) -> dict[str, object]:
    """Fill the disk until so many webhooks failed, free it, and wait until nothing is missing."""
    with site_on(disk) as site:
        web = site.start_web()
        worker = site.start("worker", procfile_name="Procfile.demo")
        mailer = site.start("mailer", procfile_name="Procfile.demo")
        load = Load(site)
        with load.flowing(1):
            load.wait_for_more(2)
        site.wait_for(lambda: _mails(disk) > 0, "the first mail")
        disk.fill()
        began = time.monotonic()
        with load.flowing():
            site.wait_for(lambda: len(load.unanswered) >= events, "webhooks that fail")
        _upload(site, succeeds=False)
        # Beat sends a task each second, and finds no room for its message.
        time.sleep(max(0, _ROUNDS_OF_BEAT - (time.monotonic() - began)))
        disk.free()
        failed = load.resend()
        _upload(site, succeeds=True)
        site.wait_for(lambda: not site.rows(_UNSENT), "every mail", seconds=60)
        assert_nothing_lost(site, load)
        assert set(load.statuses) <= {200, 500, 503}, f"the answers were {dict(load.statuses)}"
        ended = [each.args for each in (web, worker, mailer) if each.poll() is not None]
        assert not ended, f"processes ended: {ended}"
        assert len(site.rows(_UPLOADS)) == len(_files(disk, "media")) == 1
        assert not [name for name in _files(disk, "mail") if not name.endswith(".eml")]
        assert _mails(disk) == len(load.acknowledged), "a mail is missing, or is there twice"
        return {
            "acknowledged": len(load.acknowledged),
            "failed, and sent again": failed,
            "lost": 0,
            "half applied": 0,
            "mails": _mails(disk),
        }


def _mails(disk: SmallDisk) -> int:
    return len(_files(disk, "mail"))


def _files(disk: SmallDisk, name: str) -> list[str]:
    return [path.name for path in (disk.folder / name).rglob("*") if path.is_file()]


def _upload(site: Site, *, succeeds: bool) -> None:
    """Upload a picture; without room the answer is a page with an error."""
    with browser(site) as client:
        token = submit(client, "/upload/", "/theme/", theme="dark").status_code
        assert token < 500
        found = client.cookies["dreamcanvas_csrf"]
        response = client.post(
            "/upload/",
            data={"title": "Holiday", "csrfmiddlewaretoken": found},
            files={"picture": ("holiday.jpg", PICTURE.read_bytes(), "image/jpeg")},
        )
    status = response.status_code
    assert (status < 400) is succeeds, f"the upload was answered {status}"
