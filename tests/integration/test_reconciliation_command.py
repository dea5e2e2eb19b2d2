"""`manage.py printora reconcile`, against a running sandbox."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from orders.models import Order
from printora_integration import client
from printora_integration.reconciliation.models import Reconciliation
from tests.processes.lost_events import sell
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        sell(process, ["pending", "paid", "cancelled"])
        yield process


@pytest.fixture(autouse=True)
def at_the_sandbox(sandbox: SandboxProcess, settings: Any) -> Iterator[None]:
    settings.PRINTORA_API_URL = sandbox.url
    settings.PRINTORA_API_KEY = sandbox.api_key
    client.get_background_client.cache_clear()
    yield
    client.get_background_client().close()
    client.get_background_client.cache_clear()


def printora(*arguments: str) -> str:
    out = StringIO()
    call_command("printora", *arguments, stdout=out)
    return out.getvalue()


def test_command_puts_orders_right_and_says_which() -> None:
    told = printora("reconcile")
    assert sorted(Order.objects.values_list("status", flat=True)) == [
        "cancelled",
        "paid",
        "pending",
    ]
    assert "3 orders compared …" in told
    assert "order.created, order.cancelled recorded: Printora says cancelled." in told
    assert "3 put right" in told


def test_command_tells_programs_the_same() -> None:
    told = json.loads(printora("reconcile", "--json"))
    assert (told["state"], told["orders_seen"], told["orders_changed"]) == ("complete", 3, 3)
    assert len(told["changes"]) == 3


def test_command_for_recent_orders_leaves_those_just_made_to_their_webhooks() -> None:
    assert "0 put right" in printora("reconcile", "--recent")


def test_command_says_that_another_run_is_running() -> None:
    Reconciliation.objects.start()
    with pytest.raises(CommandError, match="running already"):
        printora("reconcile")


def test_command_fails_when_printora_does(sandbox: SandboxProcess, settings: Any) -> None:
    settings.PRINTORA_API_KEY = "sk_test_of_somebody_else"
    client.get_background_client.cache_clear()
    with pytest.raises(CommandError, match="401"):
        printora("reconcile")
