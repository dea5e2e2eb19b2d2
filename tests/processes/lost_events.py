"""Lose webhooks in every way, reconcile once, and count the orders that are right.

Half of the orders are made while Printora drops a part of their webhooks, the other half while our
endpoint is down for longer than Printora retries.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

import httpx

from tests.helpers import SECRET, WEBHOOK
from tests.processes.site import Site
from tests.sandbox.visitor import NO_POOL, Api, Visitor
from tests.sandbox_process import SandboxProcess

FINAL_STATUSES = ("pending", "paid", "shipped", "delivered", "cancelled")
EVENTS_OF_FIVE = 1 + 2 + 3 + 4 + 3  # a cancelled order was paid before
TIME_SCALE = 20_000  # the 2 h 36 min of Printora's retries become half a second
TIMEOUT = 300  # seconds for all webhooks to arrive or be given up
VISITORS = 4  # at the same time

ORDERS = "SELECT order_id, status, customer_email FROM orders_order"
EVENTS = "SELECT source, event FROM printora_integration_webhookevent"
RUNS = "SELECT state, error FROM printora_integration_reconciliation"
RECONCILE = "from printora_integration.reconciliation.run import reconcile; reconcile(full=True)"


@dataclass(frozen=True)
class Outcome:
    """The numbers of wrong orders before and after one reconciliation."""

    events: int  # that Printora had to send
    events_lost: int
    orders: int
    wrong_before: int
    wrong_after: int  # as the one run ended
    without_details: int  # once the resent webhooks have arrived
    seconds: float  # of the run


def sandbox_for(site: Site) -> SandboxProcess:
    """Return a sandbox, not yet started, and connect it with this site in both directions."""
    sandbox = SandboxProcess(
        webhook_url=f"{site.url}{WEBHOOK}",
        api_key=site.env["PRINTORA_API_KEY"],
        secret=SECRET,
        time_scale=TIME_SCALE,
    )
    site.env["PRINTORA_API_URL"] = sandbox.url
    return sandbox


def run(site: Site, sandbox: SandboxProcess, *, orders: int, dropped: int = 20) -> Outcome:
    """Lose webhooks, then reconcile once; `dropped` is in percent."""
    ends = list(islice(cycle(FINAL_STATUSES), orders))
    api = Api(sandbox)
    web = site.start_web()
    _switch_faults(sandbox, webhookDropPercent=dropped)
    sell(sandbox, ends[: orders // 2])
    wait_for_webhooks(api)
    site.kill(web)
    sell(sandbox, ends[orders // 2 :])
    wait_for_webhooks(api)
    _switch_faults(sandbox)
    site.start_web()

    events, received = _count_logs(api), len(site.rows(EVENTS))
    wrong_before = _count_wrong(site, sandbox)
    began = time.monotonic()
    site.manage("shell", "--no-imports", "-c", RECONCILE)
    seconds = time.monotonic() - began
    assert site.rows(RUNS) == [("complete", "")]
    wrong_after = _count_wrong(site, sandbox)
    wait_for_webhooks(api)
    without_details = _count_without_details(site)
    assert wrong_after == 0, f"{wrong_after} orders are wrong after the reconciliation"
    assert without_details == 0, f"{without_details} events are still without details"
    return Outcome(
        events=events,
        events_lost=events - received,
        orders=orders,
        wrong_before=wrong_before,
        wrong_after=wrong_after,
        without_details=without_details,
        seconds=seconds,
    )


def sell(sandbox: SandboxProcess, ends: list[str]) -> None:
    """Make one order for each final status, and bring it there."""
    api = Api(sandbox)
    with ThreadPoolExecutor(VISITORS) as visitors:
        list(visitors.map(lambda end: _make_order(sandbox, api, end), ends))


def _make_order(sandbox: SandboxProcess, api: Api, end: str) -> None:
    opened = api.opened()
    visitor = Visitor(opened)
    if end == "pending":
        visitor.order()
        return
    visitor.pay()
    order = api.get(f"/partner-session/{opened.id}").json()["data"]["order"]["id"]
    steps = {"shipped": ["ship"], "delivered": ["ship", "deliver"], "cancelled": ["cancel"]}
    for step in steps.get(end, []):
        _console(sandbox, "POST", f"orders/{order}/{step}")


def _switch_faults(sandbox: SandboxProcess, **faults: int) -> None:
    _console(sandbox, "PUT", "faults", json=faults)


def _console(sandbox: SandboxProcess, method: str, path: str, **options: object) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=20, limits=NO_POOL) as client:
        response = client.request(method, f"{sandbox.url}/console/api/{path}", **options)  # type: ignore[arg-type]
    return response.raise_for_status()


def wait_for_webhooks(api: Api) -> None:
    """Wait until each webhook has arrived, or is not tried again."""
    deadline = time.monotonic() + TIMEOUT
    while any(_count_logs(api, status=status) for status in ("pending", "retrying")):
        assert time.monotonic() < deadline, "webhooks are still under way"
        time.sleep(0.1)


def all_logs(api: Api) -> list[dict[str, Any]]:
    """Return every delivery that Printora knows of."""
    logs: list[dict[str, Any]] = []
    while True:
        query = {"limit": 100, "offset": len(logs)}
        page = api.get("/partners/webhook-logs", params=query).json()["data"]
        logs += page["logs"]
        if not page["pagination"]["hasMore"]:
            return logs


def _count_logs(api: Api, **query: str) -> int:
    logs = api.get("/partners/webhook-logs", params={"limit": 1, **query}).json()["data"]
    total: int = logs["pagination"]["total"]
    return total


def _count_wrong(site: Site, sandbox: SandboxProcess) -> int:
    """Count the orders whose status differs from Printora's."""
    ours = {order_id: status for order_id, status, _email in site.rows(ORDERS)}
    theirs: dict[str, str] = {}
    while True:
        query = f"orders?limit=100&offset={len(theirs)}"
        page = _console(sandbox, "GET", query).json()["data"]
        theirs |= {order["id"]: order["status"] for order in page["orders"]}
        if not page["orders"] or not page["pagination"]["hasMore"]:
            break
    order_ids = ours.keys() | theirs.keys()
    return sum(ours.get(order_id) != theirs.get(order_id) for order_id in order_ids)


def _count_without_details(site: Site) -> int:
    """Count the events without details; a cancellation has none."""
    return sum(
        source == "reconciliation" and event != "order.cancelled"
        for source, event in site.rows(EVENTS)
    )
