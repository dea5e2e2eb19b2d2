"""Creators and merch in the snake_case dialect, and with undocumented fields."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.shop import CREATOR_FIELDS, TEE, Shop, anonymous, new_name
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def snake_case() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        Shop(process).http.put(
            "/console/api/faults", json={"snakeCase": True, "extraFields": True}
        ).raise_for_status()
        yield process


def _created(snake_case: SandboxProcess) -> dict[str, Any]:
    shop = Shop(snake_case)
    creator = shop.creator()
    path = f"/creators/{creator['id']}/merch"
    created: dict[str, Any] = shop.call("POST", path, TEE).json()
    return created


def test_creator_is_sent_and_accepted_in_snake_case(snake_case: SandboxProcess) -> None:
    body = {"name": new_name(), "logo_url": "https://example.com/a.png"}
    response = Shop(snake_case).call("POST", "/creators", body).json()
    assert set(response) == {"success", "creator", "loyalty_points", "gift_wrap"}
    assert len(response["creator"]) == len(CREATOR_FIELDS)
    assert response["creator"]["logo_url"] == body["logo_url"]


def test_merch_and_its_edit_session_are_in_snake_case(snake_case: SandboxProcess) -> None:
    created = _created(snake_case)
    assert created["merch"]["stock_sold"] == 0
    assert created["merch"]["product"]["id"] == "t-shirt"
    assert "/en/merch/" in created["edit_session"]["editor_url"]


def test_data_of_the_design_editor_is_not_translated(snake_case: SandboxProcess) -> None:
    token = _created(snake_case)["edit_session"]["token"]
    body = {"konva_metadata": {"scaleX": 2}}
    with anonymous(snake_case) as http:
        saved = http.post(f"/merch-editor/by-token/{token}/save", json=body).json()
    assert saved["merch"]["konva_metadata"] == {"scaleX": 2}
