"""`make demo` and `make stack` start with an older database, too: it is moved aside, not lost."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.helpers import ROOT
from tests.processes.conftest import MakeSite
from tests.processes.site import Site
from tools import engines

pytestmark = pytest.mark.one_database

SITE = "dreamcanvas.settings"
SANDBOX = "printora_sandbox.settings"
UNKNOWN = (
    "INSERT INTO django_migrations (app, name, applied) VALUES ('{}', '0099_old', '2026-01-01')"
)
RECORDED = "SELECT count(*) FROM django_migrations WHERE name = '0099_old'"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """Return a site with a migrated database, `site.sqlite3` in its folder."""
    return make_site()


def prepare(site: Site, settings: str = SITE, *options: str) -> str:
    """Run what `make demo` runs for one database; return what it printed."""
    return site.run(sys.executable, "-m", "tools.prepare", settings, *options)


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize(
    "damage",
    [
        UNKNOWN.format("gallery"),
        "DROP TABLE orders_notification",
        "ALTER TABLE orders_order RENAME COLUMN status TO former_status",
        "DELETE FROM django_migrations WHERE app = 'contenttypes'",
    ],
    ids=["unknown-migration", "missing-table", "missing-column", "missing-dependency"],
)
def test_outdated_database_is_moved_aside_and_a_new_one_made(site: Site, damage: str) -> None:
    path = site.folder / "site.sqlite3"
    execute(path, damage)
    execute(path, "CREATE TABLE precious (id INTEGER)")
    output = prepare(site)
    assert "site.sqlite3 is from another version of DreamCanvas" in output
    assert "site.sqlite3.old" in output
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'precious'"
    assert execute(site.folder / "site.sqlite3.old", tables) == [(1,)]
    assert execute(path, tables) == [(0,)]
    assert prepare(site) == ""


def test_current_database_stays(site: Site) -> None:
    execute(site.folder / "site.sqlite3", "CREATE TABLE precious (id INTEGER)")
    assert prepare(site) == ""
    assert execute(site.folder / "site.sqlite3", "SELECT * FROM precious") == []
    assert not list(site.folder.glob("*.old*"))


def test_files_of_the_write_ahead_log_move_too_and_no_older_copy_is_replaced(site: Site) -> None:
    path = site.folder / "site.sqlite3"
    first = site.folder / "site.sqlite3.old"
    first.write_text("an older copy")
    with contextlib.closing(sqlite3.connect(path)) as reader:  # an open reader keeps the log
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("SELECT count(*) FROM django_migrations").fetchall()
        execute(path, UNKNOWN.format("gallery"))
        assert (site.folder / "site.sqlite3-wal").exists()
        prepare(site)
    assert first.read_text() == "an older copy"
    assert execute(site.folder / "site.sqlite3.old2", RECORDED) == [(1,)]
    assert execute(path, RECORDED) == [(0,)]


def test_sandbox_is_prepared_in_the_same_way(site: Site) -> None:
    path = site.folder / "sandbox.sqlite3"
    site.env["SANDBOX_DATABASE_URL"] = f"sqlite:///{path}"
    prepare(site, SANDBOX)
    execute(path, UNKNOWN.format("sandbox"))
    assert "sandbox.sqlite3.old" in prepare(site, SANDBOX)
    assert execute(site.folder / "sandbox.sqlite3.old", RECORDED) == [(1,)]
    assert prepare(site, SANDBOX) == ""


def test_schema_of_postgresql_is_renamed_only_where_that_is_allowed(tmp_path: Path) -> None:
    with engines.postgres(durable=False) as url:
        site = Site(tmp_path, url)
        assert prepare(site) == ""
        with psycopg.connect(url) as connection:
            connection.execute(UNKNOWN.format("gallery").encode())
        command = [sys.executable, "-m", "tools.prepare", SITE]
        refused = subprocess.run(
            command, cwd=ROOT, env=site.env, capture_output=True, text=True, check=False
        )
        assert refused.returncode != 0
        assert "give DATABASE_URL a new, empty database" in refused.stderr
        assert "public_old" in prepare(site, SITE, "--rename-schema")
        recorded = RECORDED.replace("django_migrations", "public_old.django_migrations")
        assert site.rows(recorded) == [(1,)]
        assert site.rows(RECORDED) == [(0,)]
        assert prepare(site, SITE, "--rename-schema") == ""
