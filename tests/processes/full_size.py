"""Name every scenario of `make chaos`, with its full size and what it needs to run."""

import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.processes import (
    arrivals,
    broker_chaos,
    duplicate_storm,
    failing_receiver,
    lost_events,
    mail_chaos,
    rotation,
    sudden_death,
    wire_chaos,
)
from tests.processes.broker_chaos import Trouble
from tests.processes.mortal import MortalPostgres, MortalRedis
from tests.processes.site import Site, fresh_database
from tests.processes.smtp_sink import SmtpSink
from tools import engines

Figures = dict[str, object]
HURRIED = {"DJANGO_SETTINGS_MODULE": "tests.processes.settings"}


@dataclasses.dataclass(frozen=True)
class Scenario:
    """Play something bad, on the PostgreSQL server of a URL and at a size; return figures.

    `play` raises AssertionError when anything was lost, doubled or half done.
    """

    name: str
    what: str
    size: int
    unit: str
    play: Callable[[str, int], Figures]


@contextlib.contextmanager
def site_on(server: str, **env: str) -> Iterator[Site]:
    """Yield a site on a migrated database of its own, "" meaning SQLite; leave nothing behind."""
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


def _storm(server: str, size: int) -> Figures:
    with site_on(server, WEB_WORKERS="4") as site:
        return duplicate_storm.play(site, deliveries=size)


def _storm_on_sqlite(_server: str, size: int) -> Figures:
    return _storm("", size)


def _web_killed(server: str, size: int) -> Figures:
    with site_on(server) as site:
        return sudden_death.kill_web(site, kills=size)


def _postgres_killed(_server: str, size: int) -> Figures:
    with MortalPostgres() as database, SmtpSink(pause=0) as sink:
        needs = HURRIED | {"EMAIL_URL": sink.url}
        with site_on("", DATABASE_URL=database.url, **needs) as site:
            return sudden_death.kill_postgres(site, database, sink, kills=size)


def _redis_in(trouble: Trouble) -> Callable[[str, int], Figures]:
    def play(server: str, size: int) -> Figures:
        with MortalRedis() as broker, SmtpSink(pause=0) as sink:
            needs = HURRIED | {"REDIS_URL": broker.url, "EMAIL_URL": sink.url}
            with site_on(server, **needs) as site:
                figures = broker_chaos.play(site, broker, sink, trouble=trouble, events=size)
        p99 = figures["p99 in ms"]
        assert isinstance(p99, int)
        assert p99 < 1000, f"99 % of the webhooks were answered within {p99} ms, not within 1 s"
        return figures

    return play


def _worker_killed(server: str, size: int) -> Figures:
    with engines.redis() as broker, SmtpSink() as sink:
        needs = HURRIED | {"REDIS_URL": broker, "EMAIL_URL": sink.url}
        with site_on(server, **needs) as site:
            return dataclasses.asdict(mail_chaos.kill_while_sending(site, sink, kills=size))


def _receiver_fails(server: str, size: int) -> Figures:
    with (
        site_on(server, DJANGO_SETTINGS_MODULE=failing_receiver.SETTINGS) as site,
        lost_events.sandbox_for(site) as sandbox,
    ):
        return failing_receiver.play(site, sandbox, orders=size)


def _arrivals(server: str, size: int) -> Figures:
    with site_on(server) as site:
        return arrivals.play(site, arrivals=size)


def _webhooks_lost(server: str, size: int) -> Figures:
    # Half of the events, and 13 of them for 5 orders, are told while some are dropped.
    orders = max(10, 2 * size * 5 // lost_events.EVENTS_OF_FIVE)
    with site_on(server) as site, lost_events.sandbox_for(site) as sandbox:
        outcome = lost_events.play(site, sandbox, orders=orders)
    return dataclasses.asdict(outcome) | {"seconds": f"{outcome.seconds:.0f}"}


def _anything(server: str, size: int) -> Figures:
    with site_on(server, **HURRIED) as site:
        return wire_chaos.play(site, bodies=size, headers=size // 2)


def _rotation(server: str, size: int) -> Figures:
    with site_on(server) as site:
        return rotation.play(site, rotations=size, events=50)


SCENARIOS = (
    Scenario("storm", "one event, over 4 web processes at once", 1000, "deliveries", _storm),
    Scenario("storm-sqlite", "the same on SQLite", 100, "deliveries", _storm_on_sqlite),
    Scenario("web-killed", "web processes killed under load", 50, "kills", _web_killed),
    Scenario("postgres-killed", "PostgreSQL killed under load", 12, "kills", _postgres_killed),
    *(
        Scenario(f"redis-{each}", f"Redis {each} under load", 1000, "events", _redis_in(each))
        for each in Trouble
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
    Scenario("anything", "generated bodies; half as many headers", 20_000, "bodies", _anything),
    Scenario("rotation", "secrets rotated under load", 5, "rotations", _rotation),
)
