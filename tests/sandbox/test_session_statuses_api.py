"""The states of a session, as its partner and the visitor with its link see them."""

import time

import pytest

from tests.sandbox.shop import Shop, anonymous
from tests.sandbox.visitor import Opened, Visitor
from tests.sandbox_process import SandboxProcess

# status, isValid, isCompleted
PENDING = ("pending", True, False)
ACTIVE = ("active", True, False)
COMPLETED = ("completed", False, True)
CANCELLED = ("cancelled", False, False)
EXPIRED = ("expired", False, False)


def _status(sandbox: SandboxProcess, opened: Opened) -> tuple[str, bool, bool]:
    with anonymous(sandbox) as http:
        token = http.get(f"/partner-session/by-token/{opened.token}").json()["data"]
    assert token["status"] == Shop(sandbox).status(opened)
    assert token["sessionId"] == opened.id
    return token["status"], token["isValid"], token["isCompleted"]


def test_session_is_pending_then_active_then_completed(sandbox: SandboxProcess) -> None:
    opened = Shop(sandbox).opened()
    visitor = Visitor(opened)
    assert _status(sandbox, opened) == PENDING
    visitor.look()
    assert _status(sandbox, opened) == ACTIVE
    visitor.order()
    assert _status(sandbox, opened) == COMPLETED


@pytest.mark.parametrize("kind", ["creatorId", "merchId"])
def test_sessions_of_the_other_flows_are_pending_at_first(
    sandbox: SandboxProcess, shop: Shop, kind: str
) -> None:
    merch = shop.merch()
    object_id = merch["id"] if kind == "merchId" else merch["creatorId"]
    assert _status(sandbox, shop.opened(imageUrl=None, **{kind: object_id})) == PENDING


def test_session_that_the_visitor_cancels_is_cancelled(sandbox: SandboxProcess) -> None:
    opened = Shop(sandbox).opened()
    Visitor(opened).leave()
    assert _status(sandbox, opened) == CANCELLED


def test_session_expires_before_its_first_visit_and_after_it() -> None:
    env = {"SANDBOX_LINK_LIFETIME": "2", "SANDBOX_SESSION_LIFETIME": "1"}
    with SandboxProcess(env=env) as process:
        unvisited, visited = (Shop(process).opened() for _ in range(2))
        Visitor(visited).look()
        assert _status(process, visited) == ACTIVE
        time.sleep(1.1)
        assert _status(process, visited) == EXPIRED
        time.sleep(1)
        assert _status(process, unvisited) == EXPIRED
