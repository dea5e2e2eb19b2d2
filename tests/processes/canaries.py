"""Values that nobody else has, and every kind of traffic that carries them through the site."""

import base64
import contextlib
import json
import re
import secrets
import sqlite3
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from tests.helpers import WEBHOOK, encoded, hand_signed, webhook
from tests.processes.site import Site
from tests.sandbox.visitor import CHOICE, NO_POOL, Api, Visitor
from tests.sandbox_process import SandboxProcess

STAFF = (
    "from django.contrib.auth.models import User; "
    "from django_otp.plugins.otp_totp.models import TOTPDevice; "
    "user = User.objects.create_user({!r}, password={!r}, is_staff=True, is_superuser={}); "
    "TOTPDevice.objects.create(user=user, key={!r}, confirmed=False)"
)
SETTINGS = "tests.processes.settings"


def _new() -> str:
    return f"canary{secrets.token_hex(6)}"


@dataclass
class Canaries:
    """One value of each kind: no log, message or error page may hold it."""

    email: str = field(default_factory=lambda: f"{_new()}@example.com")
    first_name: str = field(default_factory=_new)
    last_name: str = field(default_factory=_new)
    street: str = field(default_factory=_new)
    phone: str = field(default_factory=lambda: f"+1503{secrets.randbelow(10**7):07}")
    secret_key: str = field(default_factory=lambda: _new() * 3)
    api_key: str = field(default_factory=lambda: f"sk_test_{_new()}")
    webhook_secret: str = field(default_factory=lambda: f"whsec_{_new()}")
    database_password: str = field(default_factory=_new)
    mail_password: str = field(default_factory=_new)
    password: str = field(default_factory=_new)
    wrong_password: str = field(default_factory=_new)
    staff_name: str = field(default_factory=_new)
    totp_key: str = field(default_factory=lambda: secrets.token_hex(20))
    body: str = field(default_factory=_new)
    signature: str = field(default_factory=lambda: f"sha256={secrets.token_hex(32)}")
    session_token: str = ""  # these two are the site's own
    visitor_cookie: str = ""
    link_token: str = ""  # of the sandbox's hosted pages

    def __post_init__(self) -> None:
        self.totp_secret = base64.b32encode(bytes.fromhex(self.totp_key)).decode()

    def customer(self) -> dict[str, object]:
        """Return an order's customer and address, as a webhook has them."""
        names = {"firstName": self.first_name, "lastName": self.last_name}
        return {
            "customer": {"email": self.email, "phone": self.phone, **names},
            "shippingAddress": {
                "street": self.street,
                "city": "Portland",
                "country": "US",
                **names,
            },
        }

    def environment(self) -> dict[str, str]:
        """Return the settings that hold secrets, at the level that logs most."""
        return {
            "LOG_LEVEL": "DEBUG",
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SECRET_KEY": self.secret_key,
            "PRINTORA_API_KEY": self.api_key,
            "PRINTORA_WEBHOOK_SECRET": self.webhook_secret,
            "EMAIL_URL": f"smtp://shop:{self.mail_password}@127.0.0.1:1",
        }

    def found_in(self, text: str, *, allowed: frozenset[str] = frozenset()) -> set[str]:
        """Return the kinds of the values that a text holds."""
        values = {name: value for name, value in vars(self).items() if name not in allowed}
        return {name for name, value in values.items() if value and value in text}


def browser(site: Site) -> httpx.Client:
    return httpx.Client(base_url=site.url, trust_env=False, timeout=20, limits=NO_POOL)


def submit(client: httpx.Client, page: str, path: str, **fields: str) -> httpx.Response:
    """Send a form with the CSRF token of the page that it is on."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).text)
    token = found[1] if found else client.cookies.get("dreamcanvas_csrf", "")
    return client.post(path, data={"csrfmiddlewaretoken": token, **fields})


def buy(sandbox: SandboxProcess, canaries: Canaries) -> None:
    """Buy a print at the sandbox, which sends its webhooks to the site."""
    opened = Api(sandbox).opened()
    canaries.link_token = opened.token
    visitor = Visitor(opened)
    visitor.look("/checkout", **CHOICE)
    address = {
        "email": canaries.email,
        "first_name": canaries.first_name,
        "last_name": canaries.last_name,
        "phone": canaries.phone,
        "street": canaries.street,
    }
    visitor.post(visitor.payment_page(**address), pay="stripe")


def send_webhooks(site: Site, canaries: Canaries) -> list[int]:
    """Send good, wrong and forged webhooks; return the statuses of the responses."""
    session = str(uuid.uuid4())
    good, changed = (
        encoded(
            webhook("order.paid", canaries.customer() | {"totalAmount": total}, session=session)
        )
        for total in ("1.00", "2.00")
    )
    wrong_type = encoded(
        {"sessionId": [canaries.body], "event": canaries.email, "data": good.decode()}
    )
    wrong_json = f'{{"customer": "{canaries.email}", "{canaries.body}'.encode()
    bodies = [good, good, changed, wrong_type, wrong_json]
    signed = [(body, hand_signed(body, canaries.webhook_secret)) for body in bodies]
    forged = [(good, canaries.signature), (wrong_json, canaries.body)]
    with browser(site) as client:
        return [
            client.post(
                WEBHOOK,
                content=body,
                headers={"x-printora-signature": signature, "Content-Type": "application/json"},
            ).status_code
            for body, signature in signed + forged
        ]


def visit(site: Site, canaries: Canaries) -> None:
    """Print a picture, and search for a customer, as a visitor."""
    with browser(site) as client:
        page = re.search(r'href="(/art/[\w-]+/)"', client.get("/").text)
        assert page, "the gallery is empty"
        submit(client, page[1], f"{page[1]}print/")
        canaries.visitor_cookie = client.cookies["printora_visitor"]
        # A page that a mail or a search leads to has customers' data in its address.
        client.get("/my-prints/", params={"email": canaries.email})
        client.get(f"/no-such-page/{canaries.email}/", headers={"Referer": f"/?{canaries.email}"})
        client.get("/", headers={"Host": "elsewhere.example", "X-Note": canaries.body})


def work(site: Site, canaries: Canaries, name: str) -> list[httpx.Response]:
    """Sign in as staff, after a wrong password, and use the dashboard and the admin."""
    with browser(site) as client:
        login = "/accounts/login/"
        submit(client, login, login, username=canaries.staff_name, password=canaries.wrong_password)
        submit(client, login, login, username=name, password=canaries.password)
        canaries.session_token = client.cookies.get("dreamcanvas_session") or ""
        search = {"q": canaries.email}
        return [
            client.get(path, params=search)
            for path in ("/dashboard/", "/dashboard/orders.csv", "/admin/orders/order/", "/studio/")
        ]


def change(site: Site, statement: str) -> None:
    """Change the site's database."""
    if site.database_url.startswith("sqlite"):
        path = site.database_url.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as connection, connection:
            connection.execute(statement)
        return
    with psycopg.connect(site.database_url) as server:
        server.execute(statement.encode())


def refuse_print_sessions(site: Site) -> None:
    """Make the database refuse print sessions; PostgreSQL's message quotes the whole row."""
    table = "printora_integration_printsession"
    if site.database_url.startswith("sqlite"):
        change(
            site,
            f"CREATE TRIGGER refuse BEFORE INSERT ON {table} BEGIN "
            "SELECT RAISE(ABORT, 'refused'); END",
        )
    else:
        change(site, f"ALTER TABLE {table} ADD CONSTRAINT refuse CHECK (id < 0) NOT VALID")


def broker_messages(folder: Path) -> str:
    """Return what the broker's folders hold, messages decoded."""
    files = [path for name in ("queue", "control") for path in (folder / name).glob("*")]
    texts = [path.read_text(errors="replace") for path in files if path.is_file()]
    return "\n".join(texts + [_decoded(text) for text in texts])


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(json.loads(text)["body"]).decode(errors="replace")
    except (ValueError, KeyError, TypeError):
        return ""
