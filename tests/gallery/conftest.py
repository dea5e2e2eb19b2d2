"""Hang pictures, and be Printora: a real HTTP server on loopback, for the real client to call."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
import stamina
from pytest_django import Settings

from gallery.merch.clients import looking_client, starting_client
from gallery.merch.mirror import refresh_all
from gallery.models import Artwork, Creator, MerchItem
from printora_integration.merch import MerchClient, get_background_client, get_client
from tests.sandbox_process import SandboxProcess

PLACEHOLDER = "data:image/webp;base64,UklGRh4AAABXRUJQ"
NOON = datetime(2025, 10, 1, 12, tzinfo=UTC)

HangPictures = Callable[..., list[Artwork]]


@pytest.fixture
def hang(db: None) -> HangPictures:
    """Return a function that hangs pictures; the last one is the newest."""

    def hang_pictures(count: int = 1, **facts: object) -> list[Artwork]:
        creator, _ = Creator.objects.get_or_create(slug="ada", defaults={"name": "Ada Moreau"})
        first = Artwork.objects.count()
        return [
            Artwork.objects.create(
                **{
                    "slug": f"picture-{n}",
                    "title": f"Picture {n}",
                    "prompt": "Waves in copper and teal.",
                    "creator": creator,
                    "category": Artwork.Category.values[0],
                    "model": "Flow field",
                    "width": 2000,
                    "height": 1500,
                    "placeholder": PLACEHOLDER,
                    "colour": "#806040",
                    "published_at": NOON + timedelta(minutes=n),
                }
                | facts
            )
            for n in range(first, first + count)
        ]

    return hang_pictures


class FakePrintora(HTTPServer):
    """Answer every request alike and keep what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 201
        self.body: bytes = b""
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str | None, dict[str, Any]]] = []  # idempotency key, body
        self.redirects_to("https://printora.ai/en/print/token-1")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def redirects_to(self, url: str) -> None:
        data = {
            "sessionId": "7d1f2a86-2a0b-4d59-9f5e-3f1f6a0c9f11",
            "redirectUrl": url,
            "imageUrl": "http://localhost:8000/static/art/picture-0.jpg",
            "sessionMode": "image",
            "creatorId": None,
            "createdAt": "2025-10-01T12:00:00Z",
        }
        self.body = json.dumps({"success": True, "data": data}).encode()

    def refuses(self, status: int, code: str, **headers: str) -> None:
        self.status, self.headers = status, headers
        error = {"code": code, "message": "sk_live_secret must never be shown"}
        self.body = json.dumps({"success": False, "error": error}).encode()


class _Handler(BaseHTTPRequestHandler):
    server: FakePrintora

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def printora(settings: Settings) -> Iterator[FakePrintora]:
    """Run a Printora of our own and point the real client at it."""
    with FakePrintora() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.PRINTORA_API_URL = server.url
        with fresh_client():
            yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def no_printora(settings: Settings) -> Iterator[None]:
    """Point the real client at a port where nobody listens."""
    with FakePrintora() as server:
        settings.PRINTORA_API_URL = server.url
    with fresh_client():
        yield


@contextmanager
def fresh_client() -> Iterator[None]:
    """Let the real client read the settings anew, try once, and not wait."""
    get_client.cache_clear()
    with stamina.set_testing(True):
        yield
        get_client().close()
    get_client.cache_clear()


# --- A shelf at the sandbox ----------------------------------------------------------------------

PICTURE = "http://localhost:8000/static/art/totality.jpg"


@pytest.fixture(scope="module")
def process() -> Iterator[SandboxProcess]:
    with SandboxProcess() as sandbox:
        yield sandbox


@pytest.fixture
def vendor_client(process: SandboxProcess, settings: Settings) -> Iterator[MerchClient]:
    """Return a client of the running sandbox, which our pages talk to as well."""
    settings.PRINTORA_API_URL = process.url
    settings.PRINTORA_API_KEY = process.api_key
    settings.PRINTORA_REDIRECT_HOSTS = [process.url]
    httpx.post(f"{process.url}/console/api/reset", trust_env=False).raise_for_status()
    clients = (get_client, get_background_client, looking_client, starting_client)
    for made in clients:
        made.cache_clear()
    with_limits = MerchClient(base_url=process.url, api_key=process.api_key)
    yield with_limits
    with_limits.close()
    for made in clients:
        made().close()
        made.cache_clear()


@pytest.fixture
def radu(vendor_client: MerchClient) -> Creator:
    """Return a creator with one limited item on the shelf, mirrored here."""
    Creator.objects.create(slug="radu", name="Radu Ionescu", bio="Looks up.")
    told = vendor_client.creators.create(name="Radu Ionescu", slug="radu")
    vendor_client.merch.create(
        told.id,
        title="Totality hoodie",
        product_id="hoodie",
        variant_ids=["hoodie-black-m", "hoodie-black-l", "hoodie-navy-m"],
        design_image_url=PICTURE,
        stock_limit=2,
    )
    refresh_all(vendor_client)
    return Creator.objects.get(slug="radu")


@pytest.fixture
def hoodie(radu: Creator) -> MerchItem:
    """Return the one item on that shelf."""
    return radu.merch.get()
