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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connected")]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    """A sandbox with an order in each of three states, whose webhooks were lost."""
    with SandboxProcess() as process:
        sell(process, ["pending", "paid", "cancelled"])
        yield process


def call(*arguments: str) -> str:
    out = StringIO()
    call_command("printora", *arguments, stdout=out)
    return out.getvalue()


def test_command_corrects_orders_and_says_which() -> None:
    output = call("reconcile")
    assert sorted(Order.objects.values_list("status", flat=True)) == [
        "cancelled",
        "paid",
        "pending",
    ]
    assert "3 orders compared …" in output
    assert "order.created, order.cancelled recorded: Printora says cancelled." in output
    assert "3 corrected" in output


def test_command_prints_the_same_as_json() -> None:
    output = json.loads(call("reconcile", "--json"))
    assert (output["state"], output["orders_seen"], output["orders_changed"]) == ("complete", 3, 3)
    assert len(output["changes"]) == 3


def test_command_for_recent_orders_leaves_new_ones_to_their_webhooks() -> None:
    assert "0 corrected" in call("reconcile", "--recent")


def test_command_says_that_another_run_is_running() -> None:
    Reconciliation.objects.start()
    with pytest.raises(CommandError, match="running already"):
        call("reconcile")


def test_command_fails_when_printora_does(sandbox: SandboxProcess, settings: Any) -> None:
    settings.PRINTORA_API_KEY = "sk_test_of_somebody_else"
    client.get_background_client.cache_clear()
    with pytest.raises(CommandError, match="401"):
        call("reconcile")
