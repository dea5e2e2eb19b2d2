"""What staff do in the studio is in the audit log, also when Printora's response never came."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from gallery.models import Creator, MerchItem
from printora_integration.merch import MerchClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def logged() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))


def test_changes_of_creators_are_recorded(staff_client: Client, vendor_client: MerchClient) -> None:
    Creator.objects.create(slug="ada", name="Ada")
    staff_client.post("/studio/ada/connect/")
    staff_client.post("/studio/ada/creator/", {"name": "Ada M.", "description": ""})
    staff_client.post("/studio/ada/status/")
    staff_client.post("/studio/ada/refresh/")
    staff_client.post("/studio/refresh/")
    staff_client.post("/studio/new-creator/", {"name": "Grace", "email": "grace@example.com"})
    assert logged() == [
        "Created it at Printora.",
        "Changed it at Printora.",
        "Set its status to inactive.",
        "Read its merch from Printora.",
        "Read all creators from Printora.",
        f"Created a creator at Printora. Its id is {Creator.objects.get(name='Grace').pk}.",
    ]


def test_changes_of_items_are_recorded(staff_client: Client, hoodie: MerchItem) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/state/", {"state": "archive"})
    staff_client.post(f"/studio/radu/{hoodie.pk}/link/")
    staff_client.post(f"/studio/radu/{hoodie.pk}/editor/")
    staff_client.post(f"/studio/radu/{hoodie.pk}/delete/")
    assert logged() == [
        "Made it archived.",
        "Requested a link to its editor.",
        "Opened its design editor.",
        "Deleted it at Printora and here.",
    ]
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {"Totality hoodie"}


def test_action_without_a_response_is_recorded_as_failed(
    staff_client: Client, hoodie: MerchItem, printora_is_down: None
) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/delete/")
    assert logged() == ["Deleted it at Printora and here. Failed: UnreachableError."]
