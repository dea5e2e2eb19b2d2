"""The scenarios of `make chaos` at a small size: see `tools.chaos`."""

import os
from collections.abc import Iterator

import pytest

from tests.processes import (
    arrivals,
    broker_chaos,
    duplicate_storm,
    failing_receiver,
    full_disk,
    process_kills,
    rotation,
)
from tests.processes.conftest import MakeSite
from tests.processes.killable import KillablePostgres, KillableRedis
from tests.processes.lost_events import sandbox_for
from tests.processes.smtp_sink import SmtpSink

FAST_SCHEDULE = "tests.processes.settings"


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with SmtpSink(pause=0) as sink:
        yield sink


def test_one_event_delivered_to_four_processes_at_once_is_stored_once(make_site: MakeSite) -> None:
    duplicate_storm.run(make_site(WEB_WORKERS="4"), deliveries=50)


def test_killing_web_processes_loses_nothing_and_leaves_nothing_half_done(
    make_site: MakeSite,
) -> None:
    process_kills.kill_web(make_site(), kills=4)


@pytest.mark.one_database
def test_killing_postgres_loses_nothing_and_the_site_recovers_by_itself(
    make_site: MakeSite, sink: SmtpSink
) -> None:
    with KillablePostgres() as database:
        site = make_site(
            DATABASE_URL=database.url,
            EMAIL_URL=sink.url,
            DJANGO_SETTINGS_MODULE=FAST_SCHEDULE,
        )
        site.manage("migrate", "--verbosity", "0")
        process_kills.kill_postgres(site, database, sink, kills=1)
        site.stop()


@pytest.mark.one_database
@pytest.mark.parametrize("fault", broker_chaos.Fault)
def test_redis_that_fails_delays_mails_and_nothing_else(
    make_site: MakeSite, sink: SmtpSink, fault: broker_chaos.Fault
) -> None:
    with KillableRedis() as broker:
        site = make_site(
            REDIS_URL=broker.url, EMAIL_URL=sink.url, DJANGO_SETTINGS_MODULE=FAST_SCHEDULE
        )
        broker_chaos.run(site, broker, sink, fault=fault, events=50)
        site.stop()


def test_receiver_that_fails_once_stores_nothing_and_the_retry_is_new(make_site: MakeSite) -> None:
    site = make_site(DJANGO_SETTINGS_MODULE=failing_receiver.SETTINGS)
    with sandbox_for(site) as sandbox:
        failing_receiver.run(site, sandbox, orders=3)


@pytest.mark.one_database
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_full_disk_refuses_webhooks_and_everything_goes_on_with_room_again() -> None:
    with full_disk.small_disk() as disk:
        full_disk.run(disk, events=20)


def test_every_arrival_over_http_ends_in_the_same_row(make_site: MakeSite) -> None:
    arrivals.run(make_site(), arrivals=12)


def test_rotation_of_the_secret_under_load_refuses_no_valid_webhook(make_site: MakeSite) -> None:
    rotation.run(make_site(), rotations=1)
