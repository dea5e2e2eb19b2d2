import time
from collections.abc import Iterator

import httpx
import pytest

from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def strict() -> Iterator[SandboxProcess]:
    """A sandbox with a low rate limit and short lifetimes."""
    env = {
        "SANDBOX_RATE_LIMIT": "5",
        "SANDBOX_LINK_LIFETIME": "1",
        "SANDBOX_SESSION_LIFETIME": "2",
    }
    with SandboxProcess(env=env) as process:
        yield process


@pytest.fixture
def api(strict: SandboxProcess) -> Api:
    """Start each test with the whole allowance, and early enough in the minute."""
    if time.time() % 60 > 50:
        time.sleep(60 - time.time() % 60)
    httpx.post(f"{strict.url}/console/api/reset")
    return Api(strict)


def test_rate_limit_headers_count_down(api: Api) -> None:
    first, second = api.get("/partners/orders"), api.get("/partners/orders")
    assert first.headers["x-ratelimit-limit"] == "5"
    assert [response.headers["x-ratelimit-remaining"] for response in (first, second)] == ["4", "3"]
    assert 0 < int(first.headers["x-ratelimit-reset"]) - time.time() <= 60


def test_errors_have_the_rate_limit_headers_too(api: Api) -> None:
    for path in ("/nothing", "/partner-session", "/partners/orders?limit=x"):
        assert "x-ratelimit-remaining" in api.get(path).headers


def test_call_over_the_limit_gets_retry_after(api: Api) -> None:
    responses = [api.get("/partners/orders") for _ in range(6)]
    assert [response.status_code for response in responses] == [200] * 5 + [429]
    assert responses[5].json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert 1 <= int(responses[5].headers["retry-after"]) <= 60
    assert responses[5].headers["x-ratelimit-remaining"] == "0"


def test_docs_and_console_are_not_limited(api: Api) -> None:
    for _ in range(7):
        assert api.http.get("/api/openapi.json").status_code == 200
        assert api.http.get("/console/api/orders").status_code == 200


def test_unvisited_link_expires(api: Api) -> None:
    opened = api.opened()
    time.sleep(1.05)
    page = Visitor(opened).look()
    assert page.status_code == 410
    assert "This link has expired" in page.text
    assert "error_code=expired" in page.text
    assert api.status(opened) == "expired"


def test_visit_extends_the_link_to_the_sessions_lifetime(api: Api) -> None:
    visitor = Visitor(api.opened())
    visitor.look()
    time.sleep(1.2)
    assert visitor.look().status_code == 200
    time.sleep(0.9)
    assert visitor.order().status_code in (403, 410)
    assert "Your session has expired" in visitor.look().text
    assert api.status(visitor.opened) == "expired"


def test_reset_deletes_all_sessions(api: Api, strict: SandboxProcess) -> None:
    api.opened()
    assert httpx.post(f"{strict.url}/console/api/reset").json()["data"]["deleted"] >= 1
    rows = httpx.get(f"{strict.url}/console/api/sessions").json()["data"]
    assert rows["pagination"]["total"] == 0
