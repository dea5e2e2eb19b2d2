"""Staff see that a CSV export is cut off: the server ends the response like a complete one."""

import sqlite3

import httpx
import psycopg

from orders.dashboard.order_list.csv_export import CUT
from tests.processes.conftest import MakeSite
from tests.processes.site import Site

# More than the buffers between the database and the reader hold.
PREPARE = """
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from orders.models import Order
Order.objects.bulk_create(
    Order(session_id=f"s{n}", order_id=f"o{n}", flags=["x" * 10_000]) for n in range(3_000)
)
client = Client()
client.force_login(User.objects.create_superuser("operator"))
print("session", client.cookies["dreamcanvas_session"].value)
"""


def lose_orders(site: Site) -> None:
    statement = "ALTER TABLE orders_order RENAME TO orders_lost"
    if site.database_url.startswith("sqlite"):
        with sqlite3.connect(site.database_url.removeprefix("sqlite:///"), timeout=30) as database:
            database.execute(statement)
    else:
        with psycopg.connect(site.database_url) as server:
            server.execute(statement)


def test_export_whose_table_is_lost_half_way_says_so_in_its_last_line(make_site: MakeSite) -> None:
    site = make_site()
    key = site.manage("shell", "-c", PREPARE).split("session ")[1].strip()
    site.start_web()
    headers = {"cookie": f"dreamcanvas_session={key}"}
    with httpx.stream(
        "GET", f"{site.url}/dashboard/orders.csv", headers=headers, trust_env=False, timeout=30
    ) as response:
        assert response.status_code == 200
        chunks = response.iter_text()
        text = next(chunks)
        lose_orders(site)
        text += "".join(chunks)
    lines = text.splitlines()
    assert lines[-1] == CUT
    assert 1000 <= len(lines) - 2 < 3000
    log = "".join(path.read_text() for path in site.folder.glob("*.log"))
    assert "CSV export of orders cut off" in log
