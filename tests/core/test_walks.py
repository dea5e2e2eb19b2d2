"""The two walks that a reader takes through the code: a webhook's and a click's.

`pytest tests/core/test_walks.py -s --log-cli-level=INFO` shows them, hop by hop.
"""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gallery.models import Artwork, Creator
from printora_integration.client import get_client
from printora_integration.signals import order_event
from tests.helpers import SECRET, encoded, hand_signed, webhook
from tests.sandbox_process import SandboxProcess
from tools.walks import ROOT, traced

pytestmark = pytest.mark.one_database

COPIED = ("printora_integration", "vendor_kit")
DOOR = ROOT / "printora_integration" / "README.md"

logger = logging.getLogger(__name__)


@pytest.fixture
def sandbox(settings: Any) -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        settings.PRINTORA_API_URL = process.url
        settings.PRINTORA_API_KEY = process.api_key
        settings.PRINTORA_REDIRECT_HOSTS = [process.url]
        get_client.cache_clear()
        yield process
        get_client.cache_clear()


@pytest.fixture
def artwork() -> Artwork:
    creator = Creator.objects.create(slug="ada", name="Ada Moreau")
    return Artwork.objects.create(
        slug="dunes",
        title="Dunes",
        prompt="Dunes at dusk.",
        creator=creator,
        category=Artwork.Category.values[0],
        model="Flow field",
        width=2000,
        height=1500,
        placeholder="data:image/png;base64,AA==",
        colour="#806040",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def deliver(client: Client, event: str) -> Any:
    body = encoded(webhook(event, {"totalAmount": 20.1, "status": "paid"}))
    headers = {"x-printora-signature": hand_signed(body, SECRET)}
    return client.post(
        "/webhooks/printora/", body, content_type="application/json", headers=headers
    )


@pytest.mark.django_db
def test_webhook_takes_a_short_walk(client: Client, settings: Any) -> None:
    settings.PRINTORA_WEBHOOK_SECRETS = [SECRET]
    deliver(client, "order.created")
    with traced((*COPIED, "orders")) as walk:
        assert deliver(client, "order.paid").json() == {"received": True, "duplicate": False}
    logger.info("%s", walk)
    signal = next(n for n, name in enumerate(walk.files) if name.startswith("orders/"))
    before, behind = walk.files[:signal], walk.files[signal:]
    assert order_event.receivers
    assert len(before) <= 9, before
    assert len(behind) <= 3, behind
    assert len(walk.hops) <= 15, walk
    assert set(before) == set(files_of_walk("A webhook walks"))


@pytest.mark.django_db(transaction=True)
def test_click_takes_a_short_walk(
    client: Client, sandbox: SandboxProcess, artwork: Artwork
) -> None:
    client.get(artwork.get_absolute_url())
    get_client()  # made once, for all clicks of the process
    url = reverse("gallery:print", args=[artwork.slug])
    with traced((*COPIED, "gallery")) as walk:
        response = client.post(url)
    assert response.headers["Location"].startswith(f"{sandbox.url}/en/print/")
    logger.info("%s", walk)
    middleware = "printora_integration/webhooks/middleware.py"  # on the way of every request
    copied = {name for name in walk.files if name.startswith(COPIED)} - {middleware}
    assert len(copied) + 1 <= 10, copied  # and the view
    assert len(walk.hops) <= 20, walk
    assert copied == set(files_of_walk("A click on"))


def files_of_walk(beginning: str) -> list[str]:
    """Return the files that the door's README links in one of its two walks."""
    text = DOOR.read_text("utf-8").partition(beginning)[2]
    steps = re.findall(r"^\d\. .*$", text, re.MULTILINE)[:6]
    links = re.findall(r"\]\(([^)]+)\)", "\n".join(steps))
    paths = ((DOOR.parent / link).resolve().relative_to(ROOT) for link in links)
    return [str(path) for path in paths if path.name != "signals.py"]
