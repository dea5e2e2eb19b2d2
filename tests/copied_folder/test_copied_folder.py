"""A partner who copies `printora_integration/` and follows README has a working integration."""

import ast
import sys
import tomllib
from collections.abc import Iterator

import httpx
import pytest

from tests.helpers import ROOT, SECRET, SESSION, encoded, hand_signed, webhook
from tests.sandbox_process import SandboxProcess

from .packages import import_names
from .project import CopiedProject, named_packages, named_requirements

pytestmark = pytest.mark.one_database

FOLDER = ROOT / "printora_integration"


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


def test_folder_imports_nothing_but_itself_and_the_named_packages() -> None:
    # kombu is Celery's own messaging library, and comes with it.
    allowed = {"printora_integration", "kombu"} | import_names(named_packages())
    allowed |= sys.stdlib_module_names
    for path in FOLDER.rglob("*.py"):
        strangers = imported(path.read_text("utf-8")) - allowed
        assert not strangers, f"{path.relative_to(ROOT)} imports {strangers}"


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
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in FOLDER.rglob("*.py")
        if path.stem != "__init__"
    ]
    code = f"import importlib\nfound = [importlib.import_module(m).__name__ for m in {modules}]"
    assert project.shell(code) == modules


def test_system_checks_have_nothing_to_say(project: CopiedProject) -> None:
    said = project.manage("check", "--fail-level", "WARNING")
    assert "no issues" in said


def test_no_migration_is_missing(project: CopiedProject) -> None:
    assert "No changes detected" in project.manage("makemigrations", "--check", "--dry-run")


def test_no_migration_is_missing_where_keys_are_short_by_default(project: CopiedProject) -> None:
    settings = 'from shop.settings import *\nDEFAULT_AUTO_FIELD = "django.db.models.AutoField"\n'
    (project.folder / "shop" / "short_keys.py").write_text(settings)
    said = project.manage("makemigrations", "--check", "--dry-run", "--settings", "shop.short_keys")
    assert "No changes detected" in said


def test_visitor_is_sent_to_printoras_editor(project: CopiedProject) -> None:
    with httpx.Client(base_url=project.url, trust_env=False) as browser:
        token = browser.get("/prints/success/").text
        reply = browser.post("/prints/print/", data={"csrfmiddlewaretoken": token})
    assert reply.status_code == 303
    assert reply.headers["Location"].startswith(f"{project.env['PRINTORA_API_URL']}/en/print/")


def test_signed_webhook_calls_the_hook_once(project: CopiedProject) -> None:
    first, again = (deliver(project, session=SESSION) for _ in range(2))
    assert first.json() == {"received": True, "duplicate": False}
    assert again.json() == {"received": True, "duplicate": True}
    code = (
        "from prints.models import Invoice\nfound = [str(i.total) for i in Invoice.objects.all()]"
    )
    assert project.shell(code) == ["20.10"]


def test_webhook_of_a_stranger_is_refused(project: CopiedProject) -> None:
    reply = deliver(project, session="of-a-stranger", secret="whsec_of_a_stranger")
    assert (reply.status_code, reply.json()) == (401, {"error": "Invalid webhook signature"})


def test_command_line_sends_its_endpoint_an_event(project: CopiedProject) -> None:
    said = project.manage("printora", "trigger", "order.shipped", "--session", "by-hand")
    assert "order.shipped of session by-hand is new." in said


def test_every_scheduled_task_exists_and_the_first_runs(project: CopiedProject) -> None:
    code = (
        "from celery import current_app\n"
        "from django.conf import settings\n"
        "from printora_integration import tasks\n"
        "names = [entry['task'] for entry in settings.CELERY_BEAT_SCHEDULE.values()]\n"
        "found = [current_app.tasks[name].name for name in names]\n"
        "current_app.tasks[names[0]].apply().get()"
    )
    assert set(project.shell(code)) == {
        f"printora_integration.tasks.{name}"
        for name in ("expire_sessions", "refresh_sessions", "reconcile_orders")
    }
