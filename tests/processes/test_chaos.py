"""What `make chaos` shows at full size, in small: see `tools.chaos`."""

from collections.abc import Iterator

import pytest

from tests.processes import (
    arrivals,
    broker_chaos,
    duplicate_storm,
    failing_receiver,
    rotation,
    sudden_death,
)
from tests.processes.conftest import MakeSite
from tests.processes.lost_events import sandbox_for
from tests.processes.mortal import MortalPostgres, MortalRedis
from tests.processes.smtp_sink import SmtpSink

HURRIED = "tests.processes.settings"


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with SmtpSink(pause=0) as sink:
        yield sink


def test_one_event_delivered_to_four_processes_at_once_is_kept_once(make_site: MakeSite) -> None:
    duplicate_storm.play(make_site(WEB_WORKERS="4"), deliveries=50)


def test_killing_web_processes_loses_nothing_and_leaves_nothing_half_done(
    make_site: MakeSite,
) -> None:
    sudden_death.kill_web(make_site(), kills=4)


@pytest.mark.one_database
def test_killing_postgres_loses_nothing_and_the_site_recovers_by_itself(
    make_site: MakeSite, sink: SmtpSink
) -> None:
    with MortalPostgres() as database:
        site = make_site(
            DATABASE_URL=database.url,
            EMAIL_URL=sink.url,
            DJANGO_SETTINGS_MODULE=HURRIED,
        )
        site.manage("migrate", "--verbosity", "0")
        sudden_death.kill_postgres(site, database, sink, kills=1)
        site.stop()


@pytest.mark.one_database
@pytest.mark.parametrize("trouble", broker_chaos.Trouble)
def test_redis_in_trouble_delays_mails_and_nothing_else(
    make_site: MakeSite, sink: SmtpSink, trouble: broker_chaos.Trouble
) -> None:
    with MortalRedis() as broker:
        site = make_site(REDIS_URL=broker.url, EMAIL_URL=sink.url, DJANGO_SETTINGS_MODULE=HURRIED)
        broker_chaos.play(site, broker, sink, trouble=trouble, events=50)
        site.stop()


def test_receiver_that_fails_once_keeps_nothing_and_the_retry_is_new(make_site: MakeSite) -> None:
    site = make_site(DJANGO_SETTINGS_MODULE=failing_receiver.SETTINGS)
    with sandbox_for(site) as sandbox:
        failing_receiver.play(site, sandbox, orders=3)


def test_every_arrival_over_http_ends_in_the_same_row(make_site: MakeSite) -> None:
    arrivals.play(make_site(), arrivals=12)


def test_rotation_of_the_secret_under_load_turns_nobody_away(make_site: MakeSite) -> None:
    rotation.play(make_site(), rotations=1)
