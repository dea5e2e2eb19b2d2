"""Reconciliation against a running Printora, with real processes and real losses."""

import signal
import subprocess
import sys

from tests.helpers import ROOT
from tests.processes.conftest import MakeSite
from tests.processes.lost_events import EVENTS_OF_FIVE, ORDERS, run, sandbox_for, sell

PROGRESS = """
    SELECT state, first_offset, orders_seen FROM printora_integration_reconciliation ORDER BY id
"""
DIE_AFTER_FOUR = """
import os, signal
from printora_integration.reconciliation import run
run.BATCH_SIZE = 4
run.reconcile(full=True, progress=lambda _run: os.kill(os.getpid(), signal.SIGKILL))
"""
# A run that makes no progress for STALE_AFTER counts as interrupted.
RESUME = """
from datetime import timedelta
from printora_integration.reconciliation import models
models.STALE_AFTER = timedelta(0)
from printora_integration.reconciliation.run import reconcile
reconcile(full=True)
"""


def test_one_reconciliation_makes_every_order_right_after_webhooks_were_lost(
    make_site: MakeSite,
) -> None:
    site = make_site()
    with sandbox_for(site) as sandbox:
        outcome = run(site, sandbox, orders=20)
    assert outcome.events == 4 * EVENTS_OF_FIVE
    assert outcome.wrong_before >= 10  # all of the second half, at the least
    assert outcome.events_lost >= 20
    assert outcome.wrong_after == 0
    assert outcome.without_details == 0


def test_run_that_is_killed_is_resumed_by_the_next(make_site: MakeSite) -> None:
    site = make_site()
    with sandbox_for(site) as sandbox:  # without a web process every webhook is lost
        sell(sandbox, ["paid"] * 10)
        killed = [sys.executable, "manage.py", "shell", "--no-imports", "-c", DIE_AFTER_FOUR]
        done = subprocess.run(killed, cwd=ROOT, env=site.env, check=False)
        assert done.returncode == -signal.SIGKILL
        assert site.rows(PROGRESS) == [("running", 0, 4)]
        site.manage("shell", "--no-imports", "-c", RESUME)
    assert site.rows(PROGRESS) == [("interrupted", 0, 4), ("complete", 2, 8)]
    assert [status for _id, status, _email in site.rows(ORDERS)] == ["paid"] * 10
