from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.console import Console
from tests.sandbox.receiver import Receiver
from tests.sandbox.shop import RIVAL_KEY, Shop
from tests.sandbox.visitor import Api, Opened, Visitor
from tests.sandbox_process import SandboxProcess

# 1 min, 5 min, 30 min and 2 h become 15 ms, 75 ms, 0.45 s and 1.8 s.
TIME_SCALE = 4000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests once: the sandbox has its own database."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("one_database")


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        yield server


@pytest.fixture(scope="session")
def sandbox(receiver: Receiver) -> Iterator[SandboxProcess]:
    """One sandbox for all tests that don't need one of their own."""
    with SandboxProcess(webhook_url=receiver.url, time_scale=TIME_SCALE) as process:
        yield process


@pytest.fixture(scope="session")
def api(sandbox: SandboxProcess) -> Api:
    return Api(sandbox)


@pytest.fixture
def opened(api: Api) -> Opened:
    return api.opened()


@pytest.fixture
def visitor(opened: Opened) -> Visitor:
    return Visitor(opened)


@pytest.fixture(scope="session")
def shop(sandbox: SandboxProcess) -> Shop:
    return Shop(sandbox)


@pytest.fixture(scope="session")
def rival(sandbox: SandboxProcess) -> Shop:
    """The second partner, which owns no object of the first one."""
    return Shop(sandbox, RIVAL_KEY)


@pytest.fixture(scope="module")
def faulty(receiver: Receiver) -> Iterator[SandboxProcess]:
    with SandboxProcess(webhook_url=receiver.url) as process:
        yield process


@pytest.fixture
def console(faulty: SandboxProcess) -> Iterator[Console]:
    console = Console(faulty)
    yield console
    console.api.http.post("/console/api/reset")
