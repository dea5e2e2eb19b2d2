"""The doctor checks everything that the integration needs, soon, and shows no secret."""

import json
import socket
import subprocess
import time
from io import StringIO
from threading import Event

import pytest
from django.core.management import call_command

from printora_integration import doctor
from printora_integration.doctor import Finding, Level
from tests.integration.http_vendor import HttpVendor
from tests.integration.production import KEY, PASSWORD, PRODUCTION, SECRET, start


def consult(*options: str, proxy: str) -> subprocess.CompletedProcess[str]:
    """Run the doctor with production's settings, behind this proxy."""
    env = PRODUCTION | {"HTTPS_PROXY": proxy}
    return start("manage.py", "printora", "doctor", *options, env=env)


@pytest.mark.one_database
def test_production_key_gets_a_clear_verdict_offline() -> None:
    run = consult(proxy="http://127.0.0.1:1")
    assert run.returncode == 1
    for line in (
        "ok       settings        All of them are there.",
        "ok       API key         It is a live key, and the host goes with it.",
        "error    API             https://api.printora.ai could not be reached.",
        "→ Check the network, its proxy and firewall, and PRINTORA_API_URL.",
        "error    database        The database does not answer.",
        "error    broker          It does not answer.",
    ):
        assert line in run.stdout
    assert run.stderr.strip() == "CommandError: Errors to correct: 3."
    for secret in (KEY, SECRET, PASSWORD):
        assert secret not in run.stdout + run.stderr


@pytest.mark.one_database
def test_network_that_answers_nothing_does_not_block_the_doctor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        run = consult("--json", proxy=f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert time.monotonic() - started < doctor.DEADLINE + 15  # Python has to start
    assert run.returncode == 1
    found = {entry["subject"]: entry for entry in json.loads(run.stdout)["findings"]}
    assert found["API"]["level"] == "error"
    assert found["API"]["message"] == "https://api.printora.ai could not be reached."


def test_check_that_takes_too_long_is_a_finding() -> None:
    stop = Event()

    def check_slowly() -> list[Finding]:
        stop.wait(30)
        return []

    def check_quickly() -> list[Finding]:
        return [Finding(Level.OK, "quickly", "It holds.")]

    started = time.monotonic()
    slow, quick = doctor.run_checks([check_slowly, check_quickly], deadline=0.2)
    stop.set()
    assert time.monotonic() - started < 2
    assert (slow.level, slow.subject) == (Level.ERROR, "slowly")
    assert slow.message == "No answer came in time."
    assert quick.level == Level.OK


def test_check_that_fails_itself_is_a_finding_without_its_message() -> None:
    def check_nothing() -> list[Finding]:
        raise ValueError(KEY)

    [failed] = doctor.run_checks([check_nothing])
    assert (failed.level, failed.message) == (
        Level.ERROR,
        "This could not be checked: ValueError.",
    )


@pytest.mark.django_db(transaction=True)
def test_healthy_installation_has_no_errors(http_vendor: HttpVendor) -> None:
    out = StringIO()
    call_command("printora", "doctor", stdout=out)
    *findings, verdict = out.getvalue().splitlines()
    assert {line.split()[0] for line in findings} == {"ok"}
    assert verdict == "No errors; warnings: 0."
