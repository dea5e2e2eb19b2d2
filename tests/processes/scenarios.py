"""The scenarios of `make chaos`, with their full size and what each needs to run."""

import contextlib
import dataclasses
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.processes import (
    arrivals,
    broker_chaos,
    duplicate_storm,
    failing_receiver,
    full_disk,
    lost_events,
    mail_chaos,
    payload_chaos,
    process_kills,
    rotation,
    wrong_clocks,
)
from tests.processes.broker_chaos import Fault
from tests.processes.killable import KillablePostgres, KillableRedis
from tests.processes.site import Site, fresh_database
from tests.processes.smtp_sink import SmtpSink
from tools import engines

Metrics = dict[str, object]
FAST_SCHEDULE = {"DJANGO_SETTINGS_MODULE": "tests.processes.settings"}


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One failure to survive: `run` takes the URL of a PostgreSQL server, and a size.

    `run` returns metrics, and raises AssertionError when anything was lost, doubled or half done.
    """

    name: str
    description: str
    size: int
    unit: str
    run: Callable[[str, int], Metrics]


@contextlib.contextmanager
def site_on(server: str, **env: str) -> Iterator[Site]:
    """Yield a site with a migrated database on a server, or on SQLite for ""; then remove both."""
    with (
        tempfile.TemporaryDirectory(prefix="chaos-") as folder,
        fresh_database(Path(folder), server=server) as url,
    ):
        site = Site(Path(folder), url, **env)
        try:
            site.manage("migrate", "--verbosity", "0")
            yield site
        finally:
            site.stop()


def _storm(server: str, size: int) -> Metrics:
    with site_on(server, WEB_WORKERS="4") as site:
        return duplicate_storm.run(site, deliveries=size)


def _storm_on_sqlite(_server: str, size: int) -> Metrics:
    return _storm("", size)


def _web_killed(server: str, size: int) -> Metrics:
    with site_on(server) as site:
        return process_kills.kill_web(site, kills=size)


def _postgres_killed(_server: str, size: int) -> Metrics:
    with KillablePostgres() as database, SmtpSink(pause=0) as sink:
        env = FAST_SCHEDULE | {"EMAIL_URL": sink.url}
        with site_on("", DATABASE_URL=database.url, **env) as site:
            return process_kills.kill_postgres(site, database, sink, kills=size)


def _redis_fails(fault: Fault) -> Callable[[str, int], Metrics]:
    def run(server: str, size: int) -> Metrics:
        with KillableRedis() as broker, SmtpSink(pause=0) as sink:
            env = FAST_SCHEDULE | {"REDIS_URL": broker.url, "EMAIL_URL": sink.url}
            with site_on(server, **env) as site:
                metrics = broker_chaos.run(site, broker, sink, fault=fault, events=size)
        p99 = metrics["p99 in ms"]
        assert isinstance(p99, int)
        assert p99 < 1000, f"99 % of the webhooks were answered within {p99} ms, not within 1 s"
        return metrics

    return run


def _worker_killed(server: str, size: int) -> Metrics:
    with engines.redis() as broker, SmtpSink() as sink:
        env = FAST_SCHEDULE | {"REDIS_URL": broker, "EMAIL_URL": sink.url}
        with site_on(server, **env) as site:
            return dataclasses.asdict(mail_chaos.kill_while_sending(site, sink, kills=size))


def _receiver_fails(server: str, size: int) -> Metrics:
    with (
        site_on(server, DJANGO_SETTINGS_MODULE=failing_receiver.SETTINGS) as site,
        lost_events.sandbox_for(site) as sandbox,
    ):
        return failing_receiver.run(site, sandbox, orders=size)


def _arrivals(server: str, size: int) -> Metrics:
    with site_on(server) as site:
        return arrivals.run(site, arrivals=size)


def _webhooks_lost(server: str, size: int) -> Metrics:
    # While webhooks are dropped, half of the events are sent: 13 for each 5 orders.
    orders = max(10, 2 * size * 5 // lost_events.EVENTS_OF_FIVE)
    with site_on(server) as site, lost_events.sandbox_for(site) as sandbox:
        outcome = lost_events.run(site, sandbox, orders=orders)
    return dataclasses.asdict(outcome) | {"seconds": f"{outcome.seconds:.0f}"}


def _generated_bodies(server: str, size: int) -> Metrics:
    with site_on(server, **FAST_SCHEDULE) as site:
        return payload_chaos.run(site, bodies=size, headers=size // 2)


def _rotation(server: str, size: int) -> Metrics:
    with site_on(server) as site:
        return rotation.run(site, rotations=size, events=50)


def _full_disk(_server: str, size: int) -> Metrics:
    if os.geteuid() != 0:
        return {"not run": "only root can mount a small disk"}
    with full_disk.small_disk() as disk:
        return full_disk.run(disk, events=size)


def _wrong_clocks(server: str, size: int) -> Metrics:
    if wrong_clocks.library() is None:
        return {"skipped": "libfaketime has no library for this machine"}
    with engines.redis() as broker, SmtpSink(pause=0) as sink:
        env = FAST_SCHEDULE | {"REDIS_URL": broker, "EMAIL_URL": sink.url}
        with site_on(server, **env) as site:
            return wrong_clocks.run(site, sink, jumps=size)


SCENARIOS = (
    Scenario("storm", "one event, over 4 web processes at once", 1000, "deliveries", _storm),
    Scenario("storm-sqlite", "the same on SQLite", 100, "deliveries", _storm_on_sqlite),
    Scenario("web-killed", "web processes killed under load", 50, "kills", _web_killed),
    Scenario("postgres-killed", "PostgreSQL killed under load", 12, "kills", _postgres_killed),
    *(
        Scenario(f"redis-{each}", f"Redis {each} under load", 1000, "events", _redis_fails(each))
        for each in Fault
    ),
    Scenario("worker-killed", "worker killed while it sends", 50, "kills", _worker_killed),
    Scenario("receiver-fails", "a receiver fails once per event", 50, "orders", _receiver_fails),
    Scenario("arrivals", "every order of arrival, 3 payloads each", 120, "arrivals", _arrivals),
    Scenario(
        "webhooks-lost",
        "20 % dropped, then as many while we are down; one reconciliation",
        1000,
        "events, twice",
        _webhooks_lost,
    ),
    Scenario(
        "anything", "generated bodies; half as many headers", 20_000, "bodies", _generated_bodies
    ),
    Scenario("full-disk", "SQLite, files and logs on a full disk", 200, "failures", _full_disk),
    Scenario("wrong-clocks", "clocks that differ, and jump", 30, "jumps", _wrong_clocks),
    Scenario("rotation", "secrets rotated under load", 5, "rotations", _rotation),
)
