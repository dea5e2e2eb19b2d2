"""Two customers, and a search for their data in all that we store."""

import json
from datetime import timedelta
from pathlib import Path

import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from orders.models import Order
from printora_integration.models import PrintSession
from printora_integration.schemas.webhooks import EventType
from tests.helpers import deliver as post
from tests.orders.stories import FULL, payload

GRACE = ("grace", "hopper", "555 0100", "compiler way", "22201", "1z999", "visitor-of-sess_1")

IDENTITY = {"grace@example.com": "ada@example.org", "Grace": "Ada", "Hopper": "Lovelace"}


def process_whole_order(client: Client, session: str, *, as_ada: bool = False) -> Order:
    """Begin a print and deliver all events of its order, as Grace's or as Ada's."""
    PrintSession.objects.create(
        visitor=f"visitor-of-{session}",
        reference="dune",
        title="Dune",
        session_id=session,
        image_url="https://gallery.example.com/dune.jpg",
        redirect_url="https://printora.ai/en/print/token",
    )
    for event in EventType:
        text = json.dumps(payload(event, FULL[event], session=session))
        for hers, adas in IDENTITY.items():
            text = text.replace(hers, adas) if as_ada else text
        post(client, text.encode())
    return Order.objects.get(session_id=session)


def all_data() -> str:
    """Return everything in the database, from all tables and columns, in lower case."""
    stored: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            stored += [
                bytes(value).decode(errors="replace")
                if isinstance(value, bytes | memoryview)
                else str(value)
                for row in cursor.fetchall()
                for value in row
            ]
    return "\n".join(stored).lower()


def data_of_grace(folder: str | None = None) -> list[str]:
    stored = all_data()
    if folder:
        stored += "".join(path.read_text().lower() for path in Path(folder).glob("*"))
    return [word for word in GRACE if word in stored]


def in_a_year(**more: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=366, **more))


def own_picture(**columns: str) -> PrintSession:
    """Begin a session for a picture that the visitor has uploaded and named."""
    usual = {"visitor": "visitor-of-sess_1", "reference": "upload/secret", "title": "My Anna"}
    return PrintSession.objects.create(**(usual | columns))
