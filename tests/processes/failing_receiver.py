"""Make a receiver fail once for each event: nothing is stored, and Printora's retry is new."""

from tests.processes.load import Load
from tests.processes.lost_events import ORDERS, all_logs, sell, wait_for_webhooks
from tests.processes.site import Site
from tests.sandbox.visitor import Api
from tests.sandbox_process import SandboxProcess

SETTINGS = "tests.processes.failing_settings"
_EVENTS = "SELECT delivery_count, changed_body FROM printora_integration_webhookevent"
_MAILS = "SELECT id FROM orders_notification"


def run(site: Site, sandbox: SandboxProcess, *, orders: int) -> dict[str, object]:
    """Fail for webhooks of the load, which stay failed, then for the sandbox's, which it retries.

    The site needs this module's SETTINGS, and the sandbox must send its webhooks to the site.
    """
    site.start_web()
    load = Load(site)
    with load.flowing():
        site.wait_for(lambda: len(load.unanswered) >= orders, "enough failures")
    assert set(load.statuses) == {500}, f"the answers were {dict(load.statuses)}"
    stored = [row for table in (_EVENTS, ORDERS, _MAILS) for row in site.rows(table)]
    assert not stored, f"a failure stored {len(stored)} rows"

    api = Api(sandbox)
    sell(sandbox, ["delivered"] * orders)
    wait_for_webhooks(api)
    logs = all_logs(api)
    new = [log for log in logs if log["responseData"] == {"received": True, "duplicate": False}]
    assert len(new) == len(logs) == 4 * orders, f"{len(new)} of {len(logs)} retries were new"
    tries = {log["attemptCount"] for log in logs}
    assert tries == {2}, f"the sandbox tried {tries} times"
    events = site.rows(_EVENTS)
    assert events == [(1, "")] * len(logs), "an event was received twice"
    statuses = [status for _id, status, _email in site.rows(ORDERS)]
    assert statuses == ["delivered"] * orders, f"the orders are {statuses}"
    return {
        "answered 500": len(load.unanswered) + len(logs),
        "rows stored of those": 0,
        "retries new and applied": len(new),
        "orders right": len(statuses),
    }
