"""No log, broker message, error page or report holds a secret or a customer's data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import WEBHOOK
from tests.integration.production import start
from tests.processes import canaries as traffic
from tests.processes.canaries import Canaries
from tests.processes.conftest import MakeSite
from tests.processes.site import Site
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def site(make_site: MakeSite, canaries: Canaries) -> Site:
    """Return a site with its gallery and two members of staff, which logs all that it can."""
    site = make_site(**canaries.environment())
    staff = [(canaries.staff_name, True), (f"{canaries.staff_name}-new", False)]
    users = [
        traffic.STAFF.format(name, canaries.password, power, canaries.totp_key)
        for name, power in staff
    ]
    code = "from django.core.management import call_command; call_command('seed', verbosity=0)"
    site.manage("shell", "--no-imports", "-c", "\n".join([code, *users]))
    return site


@pytest.fixture
def sandbox(site: Site, canaries: Canaries) -> Iterator[SandboxProcess]:
    with SandboxProcess(
        webhook_url=f"{site.url}{WEBHOOK}",
        api_key=canaries.api_key,
        secret=canaries.webhook_secret,
        env={"LOG_LEVEL": "DEBUG", "APP_URL": site.url},
    ) as sandbox:
        site.env |= {"PRINTORA_API_URL": sandbox.url, "PRINTORA_REDIRECT_HOSTS": sandbox.url}
        yield sandbox


def logs(folder: Path) -> str:
    return "\n".join(path.read_text(errors="replace") for path in folder.glob("*.log"))


def test_traffic_of_every_kind_leaves_nothing_in_logs_messages_and_error_pages(
    site: Site, sandbox: SandboxProcess, canaries: Canaries
) -> None:
    site.start_web()
    site.start("worker", procfile_name="Procfile.demo")
    site.start("mailer", procfile_name="Procfile.demo")
    traffic.buy(sandbox, canaries)
    assert traffic.send_webhooks(site, canaries) == [200, 200, 200, 400, 400, 401, 401]
    traffic.visit(site, canaries)
    traffic.work(site, canaries, canaries.staff_name)
    traffic.work(site, canaries, f"{canaries.staff_name}-new")
    failures = "SELECT 1 FROM orders_notification WHERE attempts > 0"
    site.wait_for(lambda: bool(site.rows(failures)), "a mail that fails")
    sandbox.stop()  # Printora is down
    traffic.visit(site, canaries)

    traffic.refuse_print_sessions(site)
    traffic.visit(site, canaries)
    traffic.change(site, "ALTER TABLE orders_order RENAME TO orders_gone")
    assert 500 in traffic.send_webhooks(site, canaries)
    pages = traffic.work(site, canaries, canaries.staff_name)
    assert 500 in {page.status_code for page in pages}

    readyz = traffic.browser(site).get("/readyz", params={"format": "text"})
    assert readyz.status_code == 503
    assert canaries.found_in(logs(site.folder)) == set()
    assert canaries.found_in(sandbox.log) == set()
    assert canaries.found_in(traffic.broker_messages(site.folder)) == set()
    assert canaries.found_in(readyz.text) == set()
    errors = "".join(page.text for page in pages if page.status_code >= 500)
    assert canaries.found_in(errors) == set()


@pytest.mark.one_database
def test_error_page_with_details_shows_no_secret(site: Site, canaries: Canaries) -> None:
    site.env |= {"DEBUG": "True", "REDIS_URL": f"redis://:{canaries.database_password}@127.0.0.1:1"}
    site.start_web()
    traffic.change(site, "ALTER TABLE orders_order RENAME TO orders_gone")
    pages = traffic.work(site, canaries, canaries.staff_name)
    traffic.change(site, "ALTER TABLE axes_accessattempt RENAME TO axes_gone")
    with traffic.browser(site) as client:
        login = {"username": canaries.staff_name, "password": canaries.wrong_password}
        page = traffic.submit(client, "/accounts/login/", "/accounts/login/", **login)
    assert "Traceback" in page.text
    found = canaries.found_in("".join(each.text for each in [*pages, page]))
    # A developer sees what was asked for, but nothing that opens a door.
    assert found <= {"email", "staff_name"}


@pytest.mark.one_database
@pytest.mark.parametrize("command", ["printora doctor", "migrate"])
def test_report_of_a_broken_deployment_shows_no_secret(canaries: Canaries, command: str) -> None:
    password = canaries.database_password
    env = canaries.environment() | {
        "DEBUG": "False",
        "DJANGO_SETTINGS_MODULE": "dreamcanvas.settings",
        "APP_URL": "http://127.0.0.1:1",
        "DATABASE_URL": f"postgres://shop:{password}@127.0.0.1:1/shop",
        "REDIS_URL": f"redis://:{password}@127.0.0.1:1/0",
        "PRINTORA_API_URL": "http://127.0.0.1:1",
    }
    run = start("manage.py", *command.split(), env=env)
    assert run.stdout + run.stderr
    assert canaries.found_in(run.stdout + run.stderr) == set()
