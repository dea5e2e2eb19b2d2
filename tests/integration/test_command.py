"""`manage.py printora`: what it lists and requests, as tables and as JSON, and how it fails."""

import json
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from printora_integration.cli import load_subcommands
from printora_integration.models import WebhookEvent
from tests.helpers import SESSION
from tests.integration.production import start
from tests.sandbox.visitor import Api, Opened, Visitor
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def bought(sandbox: SandboxProcess) -> Opened:
    """Return a session that a visitor has paid in."""
    opened = Api(sandbox).opened()
    Visitor(opened).pay()
    return opened


def call(*arguments: str) -> str:
    out = StringIO()
    call_command("printora", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> Any:
    return json.loads(call(*arguments, "--json"))


# --- What Printora knows --------------------------------------------------------------------------


@pytest.mark.usefixtures("connected")
def test_orders_are_a_table_for_people(bought: Opened) -> None:
    heading, *lines = call("orders", "--status", "paid").splitlines()
    assert heading.split() == ["created", "order", "status", "total", "id", "session"]
    [line] = [line for line in lines if bought.id in line]
    assert " paid " in line
    assert " USD " in line


@pytest.mark.usefixtures("connected")
def test_orders_are_json_for_programs(bought: Opened) -> None:
    for options in (("--limit", "1"), ("--all",)):
        [order] = as_json("orders", *options)
        assert order["partnershipHistoryId"] == bought.id
        assert order["status"] == "paid"
        assert order["totalAmount"] == "25.18"


@pytest.mark.usefixtures("connected", "bought")
def test_no_orders_are_a_message_and_an_empty_list() -> None:
    assert call("orders", "--status", "shipped") == "Printora knows of no such order.\n"
    assert as_json("orders", "--status", "shipped") == []


@pytest.mark.usefixtures("connected")
def test_logs_show_the_state_of_deliveries(bought: Opened) -> None:
    table = call("logs", "--event", "order.paid")
    assert table.splitlines()[0].startswith("created")
    assert bought.id in table
    logs = as_json("logs", "--all")
    assert {"order.created", "order.paid"} <= {log["eventType"] for log in logs}


# --- What is requested again ----------------------------------------------------------------------


@pytest.mark.usefixtures("connected")
def test_event_is_resent(bought: Opened) -> None:
    output = call("resend", "order.paid", "--session", bought.id)
    assert output.startswith("order.paid is on its way (pending). Log ")
    [order] = as_json("orders")
    redelivery = as_json("resend", "order.created", "--order", order["id"])
    assert (redelivery["eventType"], redelivery["status"]) == ("order.created", "pending")


@pytest.mark.usefixtures("connected", "bought")
def test_log_is_retried() -> None:
    log = as_json("logs", "--event", "order.created")[-1]
    assert as_json("retry", log["id"])["webhookLogId"] == log["id"]


# --- What we store --------------------------------------------------------------------------------


@pytest.fixture
def stored(db: None) -> list[WebhookEvent]:
    return [
        WebhookEvent.objects.create(
            session_id=session,
            event=event,
            occurred_at=timezone.now(),
            body='{"customer": "Jos\u00e9 \\u001b[2J"}',
        )
        for session, event in (
            (SESSION, "order.created"),
            (SESSION, "order.paid"),
            ("s2", "order.created"),
        )
    ]


@pytest.mark.usefixtures("stored")
def test_events_are_listed_newest_first_without_their_bodies() -> None:
    table = call("events")
    assert "José" not in table
    assert [line.split()[-1] for line in table.splitlines()[1:]] == ["s2", SESSION, SESSION]
    assert [event["event"] for event in as_json("events", "--limit", "1")] == ["order.created"]
    assert "body" not in as_json("events")[0]


@pytest.mark.usefixtures("stored")
def test_events_of_one_session_are_found_however_its_id_is_written() -> None:
    found = as_json("events", "--session", SESSION.upper())
    assert [event["event"] for event in found] == ["order.paid", "order.created"]
    assert call("events", "--session", "s3") == "We have no such event.\n"


@pytest.mark.usefixtures("stored")
def test_bodies_of_events_are_printed_on_request() -> None:
    assert "José" in call("events", "--body")
    assert "José" in as_json("events", "--body")[0]["body"]


def test_text_that_would_control_a_terminal_is_made_harmless(stored: list[WebhookEvent]) -> None:
    WebhookEvent.objects.filter(pk=stored[0].pk).update(body="\x1b[2J")
    assert "\x1b" not in call("events", "--body")


# --- What goes wrong ------------------------------------------------------------------------------


@pytest.mark.usefixtures("connected", "bought")
def test_refusal_of_printora_is_one_sentence() -> None:
    with pytest.raises(CommandError) as failure:
        call("retry", str(uuid.uuid4()))
    assert failure.value.returncode == 1
    assert str(failure.value).startswith("Printora said no: 404 WEBHOOK_NOT_FOUND")
    assert "\n" not in str(failure.value)


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("orders", "--limit", "101"), "limit must be a whole number from 1 to 100."),
        (("events", "--limit", "0"), "--limit must be a whole number"),
        (("retry", ".."), "log_id must be an id"),
        (("resend", "order.cancelled", "--session", "s1"), "order.cancelled cannot be resent"),
    ],
)
def test_argument_that_cannot_be_right_is_a_usage_error(
    arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message) as failure:
        call(*arguments)
    assert failure.value.returncode == 2


@pytest.mark.one_database
def test_failure_exits_with_1_and_leaves_the_standard_output_to_json() -> None:
    nobody = {"DEBUG": "True", "PRINTORA_API_URL": "http://127.0.0.1:1", "NO_PROXY": "127.0.0.1"}
    run = start("manage.py", "printora", "orders", "--json", env=nobody)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "CommandError: Printora could not be reached.\n"


@pytest.mark.one_database
def test_database_without_tables_is_one_sentence() -> None:
    bare = {"DEBUG": "True", "DATABASE_URL": "sqlite://:memory:"}
    run = start("manage.py", "printora", "events", env=bare)
    assert run.returncode == 1
    assert "is not migrated: run `manage.py printora doctor`." in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.one_database
@pytest.mark.parametrize("arguments", [(), ("bogus",), ("resend", "order.paid")])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    run = start("manage.py", "printora", *arguments, env={"DEBUG": "True"})
    assert run.returncode == 2
    assert run.stderr.startswith("usage: ")


def test_help_names_every_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("printora", "--help")
    output = capsys.readouterr().out
    assert [name for name in load_subcommands() if f"\n    {name}" not in output] == []
