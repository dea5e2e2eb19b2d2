"""Visitors' data is erased on request, and their views after a day."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gallery.engagement.counters import erase_engagement, like, record
from gallery.models import Engagement, Upload
from gallery.tasks import delete_outdated_engagement
from gallery.uploads.storage import erase_uploads
from printora_integration.models import PrintSession
from tests.helpers import SESSION, deliver, webhook

from .conftest import MakeArtworks
from .uploading import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_erased_visitor_leaves_no_picture_no_like_and_no_view(
    client: Client, make_artworks: MakeArtworks
) -> None:
    (artwork,) = make_artworks(1)
    upload(client, picture())
    stored = Upload.objects.get()
    record(artwork, Engagement.Kind.VIEW, visitor=stored.visitor)
    like(artwork, visitor=stored.visitor)
    like(artwork, visitor="somebody else")
    assert erase_uploads([stored.visitor]) == {"pictures": 1}
    assert erase_engagement([stored.visitor]) == {"likes": 1, "views and prints": 1}
    assert not default_storage.exists(stored.path)
    artwork.refresh_from_db()
    assert artwork.like_count == 1


def test_views_are_deleted_after_a_day_and_their_count_stays(make_artworks: MakeArtworks) -> None:
    (artwork,) = make_artworks(1)
    record(artwork, Engagement.Kind.VIEW, visitor="v1")
    assert delete_outdated_engagement() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert delete_outdated_engagement() == 1
    artwork.refresh_from_db()
    assert artwork.view_count == 1


@pytest.mark.django_db(transaction=True)
def test_customer_who_is_forgotten_leaves_no_picture(client: Client, vendor: Client) -> None:
    upload(client, picture())
    stored = Upload.objects.get()
    PrintSession.objects.create(
        visitor=stored.visitor, reference="r", title="t", session_id=SESSION
    )
    deliver(vendor, webhook("order.paid", {"customer": {"email": "ada@example.com"}}))
    call_command("forget", "ada@example.com", stdout=StringIO())
    assert not Upload.objects.exists()
    assert not default_storage.exists(stored.path)
