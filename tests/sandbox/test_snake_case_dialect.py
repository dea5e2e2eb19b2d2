"""Creators and merch in the older dialect, and with fields that nobody has announced."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.shop import CREATOR_FIELDS, TEE, Shop, anonymous, new_name
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def older() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        Shop(process).http.put(
            "/console/api/faults", json={"snakeCase": True, "extraFields": True}
        ).raise_for_status()
        yield process


def _created(older: SandboxProcess) -> dict[str, Any]:
    shop = Shop(older)
    creator = shop.creator()
    path = f"/creators/{creator['id']}/merch"
    created: dict[str, Any] = shop.call("POST", path, TEE).json()
    return created


def test_creator_is_told_in_snake_case_and_read_in_it(older: SandboxProcess) -> None:
    body = {"name": new_name(), "logo_url": "https://example.com/a.png"}
    response = Shop(older).call("POST", "/creators", body).json()
    assert set(response) == {"success", "creator", "loyalty_points", "gift_wrap"}
    assert len(response["creator"]) == len(CREATOR_FIELDS)
    assert response["creator"]["logo_url"] == body["logo_url"]


def test_merch_and_its_link_are_told_in_snake_case(older: SandboxProcess) -> None:
    created = _created(older)
    assert created["merch"]["stock_sold"] == 0
    assert created["merch"]["product"]["id"] == "t-shirt"
    assert "/en/merch/" in created["edit_session"]["editor_url"]


def test_the_editors_own_data_is_not_translated(older: SandboxProcess) -> None:
    token = _created(older)["edit_session"]["token"]
    body = {"konva_metadata": {"scaleX": 2}}
    with anonymous(older) as http:
        saved = http.post(f"/merch-editor/by-token/{token}/save", json=body).json()
    assert saved["merch"]["konva_metadata"] == {"scaleX": 2}
