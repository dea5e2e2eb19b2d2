"""Artworks, a Printora of our own, and merch at the sandbox."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import httpx
import pytest
import stamina
from django.core.cache import cache
from pytest_django import Settings

from gallery.merch.clients import get_item_client, get_session_client
from gallery.merch.sync import sync_all
from gallery.models import Artwork, Creator, MerchItem
from printora_integration.client import get_client
from printora_integration.merch import MerchClient, get_background_merch_client, get_merch_client
from tests.gallery.fake_printora import FakePrintora
from tests.sandbox_process import SandboxProcess

PLACEHOLDER = "data:image/webp;base64,UklGRh4AAABXRUJQ"
NOON = datetime(2025, 10, 1, 12, tzinfo=UTC)
PICTURE = "http://localhost:8000/static/art/totality.jpg"

MakeArtworks = Callable[..., list[Artwork]]


@pytest.fixture
def make_artworks(db: None) -> MakeArtworks:
    """Return a function that makes artworks; the last one is the newest."""

    def make(count: int = 1, **fields: object) -> list[Artwork]:
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
                | fields
            )
            for n in range(first, first + count)
        ]

    return make


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
    """Point the real client at a port where no server listens."""
    with FakePrintora() as server:
        settings.PRINTORA_API_URL = server.url
    with fresh_client():
        yield


@contextmanager
def fresh_client() -> Iterator[None]:
    """Make the real client read the settings again, try once, and not wait."""
    get_client.cache_clear()
    with stamina.set_testing(True):
        yield
        get_client().close()
    get_client.cache_clear()


# --- Merch at the sandbox ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def process() -> Iterator[SandboxProcess]:
    with SandboxProcess() as sandbox:
        yield sandbox


@pytest.fixture
def vendor_client(process: SandboxProcess, settings: Settings) -> Iterator[MerchClient]:
    """Return a client of the running sandbox, which our pages use as well."""
    settings.PRINTORA_API_URL = process.url
    settings.PRINTORA_API_KEY = process.api_key
    settings.PRINTORA_REDIRECT_HOSTS = [process.url]
    httpx.post(f"{process.url}/console/api/reset", trust_env=False).raise_for_status()
    cache.clear()  # of the catalog
    factories = (
        get_client,
        get_merch_client,
        get_background_merch_client,
        get_item_client,
        get_session_client,
    )
    for factory in factories:
        factory.cache_clear()
    client = MerchClient(base_url=process.url, api_key=process.api_key)
    yield client
    client.close()
    for factory in factories:
        factory().close()
        factory.cache_clear()


@pytest.fixture
def radu(vendor_client: MerchClient) -> Creator:
    """Return a creator with one limited item for sale, synced from the sandbox."""
    Creator.objects.create(slug="radu", name="Radu Ionescu", bio="Looks up.")
    record = vendor_client.creators.create(name="Radu Ionescu", slug="radu")
    vendor_client.merch.create(
        record.id,
        title="Totality hoodie",
        product_id="hoodie",
        variant_ids=["hoodie-black-m", "hoodie-black-l", "hoodie-navy-m"],
        design_image_url=PICTURE,
        stock_limit=2,
    )
    sync_all(vendor_client)
    return Creator.objects.get(slug="radu")


@pytest.fixture
def hoodie(radu: Creator) -> MerchItem:
    """Return that creator's one item."""
    return radu.merch.get()


@pytest.fixture
def printora_is_down(settings: Settings, hoodie: MerchItem) -> None:
    """Stop the studio's client from reaching the sandbox."""
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    get_merch_client().close()
    get_merch_client.cache_clear()
    get_merch_client().transport.deadline = 0.1


# --- Uploads -------------------------------------------------------------------------------------


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Store uploads in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
