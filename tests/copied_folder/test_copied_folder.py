"""A partner who copies the two folders and follows README has a working integration."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.helpers import ROOT, SECRET, SESSION, encoded, hand_signed, webhook
from tests.sandbox_process import SandboxProcess

from .packages import import_names
from .project import FOLDERS, CopiedProject, named_packages, named_requirements

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CopiedProject]:
    with SandboxProcess() as sandbox:
        made = CopiedProject(tmp_path_factory.mktemp("partner"), api_url=sandbox.url)
        with made.served():
            yield made


def deliver(project: CopiedProject, *, session: str, secret: str = SECRET) -> httpx.Response:
    body = encoded(webhook("order.paid", {"totalAmount": 20.1}, session=session))
    return httpx.post(
        f"{project.url}/webhooks/printora/",
        content=body,
        headers={
            "Content-Type": "application/json",
            "x-printora-signature": hand_signed(body, secret),
        },
        trust_env=False,
    )


def modules() -> list[Path]:
    return [path for name in FOLDERS for path in (ROOT / name).rglob("*.py")]


def test_folders_import_nothing_but_themselves_and_the_named_packages() -> None:
    # kombu is Celery's own messaging library, and comes with it.
    allowed = {*FOLDERS, "kombu"} | import_names(named_packages()) | sys.stdlib_module_names
    for path in modules():
        unnamed = imported(path.read_text("utf-8")) - allowed
        assert not unnamed, f"{path.relative_to(ROOT)} imports {unnamed}"


def test_named_packages_are_those_that_the_site_is_built_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in named_requirements():
        assert any(ours.startswith(requirement) for ours in project["dependencies"]), requirement


def imported(source: str) -> set[str]:
    """Return the top-level names of what a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_every_module_is_importable_with_the_named_packages_alone(project: CopiedProject) -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in modules()
        if path.stem != "__init__"
    ]
    code = f"import importlib\nfound = [importlib.import_module(m).__name__ for m in {names}]"
    assert project.shell(code) == names


def test_system_checks_report_nothing(project: CopiedProject) -> None:
    output = project.manage("check", "--fail-level", "WARNING")
    assert "no issues" in output


def test_no_migration_is_missing(project: CopiedProject) -> None:
    assert "No changes detected" in project.manage("makemigrations", "--check", "--dry-run")


def test_no_migration_is_missing_where_keys_are_short_by_default(project: CopiedProject) -> None:
    settings = 'from shop.settings import *\nDEFAULT_AUTO_FIELD = "django.db.models.AutoField"\n'
    (project.folder / "shop" / "short_keys.py").write_text(settings)
    output = project.manage(
        "makemigrations", "--check", "--dry-run", "--settings", "shop.short_keys"
    )
    assert "No changes detected" in output


def test_visitor_is_sent_to_printoras_editor(project: CopiedProject) -> None:
    with httpx.Client(base_url=project.url, trust_env=False) as browser:
        page = browser.get("/prints/").text
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        response = browser.post("/prints/print/", data={"csrfmiddlewaretoken": token})
    assert response.status_code == 303
    assert response.headers["Location"].startswith(f"{project.env['PRINTORA_API_URL']}/en/print/")


def test_signed_webhook_calls_the_hook_once(project: CopiedProject) -> None:
    first, again = (deliver(project, session=SESSION) for _ in range(2))
    assert first.json() == {"received": True, "duplicate": False}
    assert again.json() == {"received": True, "duplicate": True}
    code = (
        "from prints.models import Invoice\nfound = [str(i.total) for i in Invoice.objects.all()]"
    )
    assert project.shell(code) == ["20.1000"]


def test_webhook_of_a_stranger_is_refused(project: CopiedProject) -> None:
    response = deliver(project, session="of-a-stranger", secret="whsec_of_a_stranger")
    assert (response.status_code, response.json()) == (401, {"error": "Invalid webhook signature"})


def test_command_line_sends_its_endpoint_an_event(project: CopiedProject) -> None:
    output = project.manage("printora", "trigger", "order.shipped", "--session", "by-hand")
    assert "order.shipped of session by-hand is new." in output


def test_visitor_comes_back_to_a_page_that_knows_the_order(project: CopiedProject) -> None:
    with httpx.Client(base_url=project.url, trust_env=False) as browser:
        page = browser.get("/prints/").text
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        browser.post("/prints/print/", data={"csrfmiddlewaretoken": token})
        code = (
            "from printora_integration.models import PrintSession\n"
            "found = PrintSession.objects.latest('pk').session_id"
        )
        session = project.shell(code)
        address = f"/prints/success/?sessionId={session}"
        assert "Waiting for Printora" in browser.get(address).text
        deliver(project, session=session)
        assert "Confirmed: order" in browser.get(address).text


def test_every_scheduled_task_exists_and_the_first_runs(project: CopiedProject) -> None:
    code = (
        "from celery import current_app\n"
        "from django.conf import settings\n"
        "from printora_integration import tasks\n"
        "from printora_integration.reconciliation import tasks\n"
        "names = [entry['task'] for entry in settings.CELERY_BEAT_SCHEDULE.values()]\n"
        "found = [current_app.tasks[name].name for name in names]\n"
        "current_app.tasks[names[0]].apply().get()"
    )
    assert set(project.shell(code)) == {
        f"printora_integration.tasks.{name}"
        for name in ("expire_sessions", "refresh_sessions", "reconcile_orders")
    }
