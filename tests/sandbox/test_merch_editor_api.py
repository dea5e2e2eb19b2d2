import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.sandbox.shop import CREATOR_FIELDS, MERCH_FIELDS, Shop, anonymous, error_of
from tests.sandbox_process import SandboxProcess

DESIGN = {"stage": {"x": 1, "scale": 0.5}, "layers": [{"name": "José", "on": True}]}


@pytest.fixture
def http(sandbox: SandboxProcess) -> Iterator[httpx.Client]:
    """A client without an API key: the token is the credential."""
    with anonymous(sandbox) as client:
        yield client


def _save(http: httpx.Client, token: str, body: Any) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    content = json.dumps(body).encode()
    return http.post(f"/merch-editor/by-token/{token}/save", content=content, headers=headers)


def test_link_shows_its_item_and_creator_without_a_key(shop: Shop, http: httpx.Client) -> None:
    created = shop.created_merch()
    response = http.get(f"/merch-editor/by-token/{created['editSession']['token']}")
    assert response.status_code == 200
    data = response.json()["data"]
    assert set(data) == {"sessionId", "expiresAt", "merch", "creator"}
    assert data["sessionId"] == created["editSession"]["sessionId"]
    assert data["merch"] == created["merch"]
    assert set(data["creator"]) == CREATOR_FIELDS


def test_saved_design_changes_the_item_and_ends_its_session(shop: Shop, http: httpx.Client) -> None:
    created = shop.created_merch(designImageUrl=None)
    token, merch = created["editSession"]["token"], created["merch"]
    body = {"konvaMetadata": DESIGN, "designImageUrl": "https://example.com/new.png"}
    response = _save(http, token, body)
    assert response.status_code == 200
    assert set(response.json()["merch"]) == MERCH_FIELDS
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}"
    saved = shop.call("GET", path).json()["merch"]
    assert saved["konvaMetadata"] == DESIGN
    assert (saved["designImageUrl"], saved["hasDesign"]) == ("https://example.com/new.png", True)
    error_of(http.get(f"/merch-editor/by-token/{token}"), 410, "SESSION_USED")
    error_of(_save(http, token, body), 410, "SESSION_USED")


def test_save_without_a_picture_does_not_change_the_picture(shop: Shop, http: httpx.Client) -> None:
    created = shop.created_merch()
    saved = _save(http, created["editSession"]["token"], {"konvaMetadata": {}}).json()["merch"]
    assert saved["designImageUrl"] == created["merch"]["designImageUrl"]


def test_only_one_of_ten_simultaneous_saves_succeeds(shop: Shop, http: httpx.Client) -> None:
    token = shop.created_merch()["editSession"]["token"]
    with ThreadPoolExecutor(10) as pool:
        responses = list(
            pool.map(lambda n: _save(http, token, {"konvaMetadata": {"n": n}}), range(10))
        )
    assert sorted(response.status_code for response in responses) == [200] + [410] * 9


def test_new_link_works_after_the_first_was_used(shop: Shop, http: httpx.Client) -> None:
    created = shop.created_merch()
    merch, used = created["merch"], created["editSession"]["token"]
    _save(http, used, {"konvaMetadata": {}})
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}/edit-session"
    response = shop.call("POST", path)
    assert response.status_code == 201
    assert set(response.json()) == {"success", "editSession"}
    fresh = response.json()["editSession"]["token"]
    assert fresh != used
    assert http.get(f"/merch-editor/by-token/{fresh}").status_code == 200


@pytest.mark.parametrize("token", ["0" * 64, "nothing", "%00", "é", "a" * 5000])
def test_unknown_link_is_not_found(http: httpx.Client, token: str) -> None:
    error_of(http.get(f"/merch-editor/by-token/{token}"), 404, "SESSION_NOT_FOUND")
    error_of(_save(http, token, {"konvaMetadata": {}}), 404, "SESSION_NOT_FOUND")


def test_link_expires() -> None:
    with SandboxProcess(env={"SANDBOX_EDIT_LINK_LIFETIME": "1"}) as process:
        token = Shop(process).created_merch()["editSession"]["token"]
        time.sleep(1.05)
        with anonymous(process) as http:
            error_of(http.get(f"/merch-editor/by-token/{token}"), 410, "SESSION_EXPIRED")
            error_of(_save(http, token, {"konvaMetadata": {}}), 410, "SESSION_EXPIRED")


def _nested(depth: int) -> Any:
    return {"a": _nested(depth - 1)} if depth else {}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "konvaMetadata"),
        ({"konvaMetadata": None}, "konvaMetadata"),
        ({"konvaMetadata": []}, "konvaMetadata"),
        ({"konvaMetadata": "{}"}, "konvaMetadata"),
        ({"konvaMetadata": _nested(33)}, "konvaMetadata"),
        ({"konvaMetadata": _nested(400)}, "konvaMetadata"),
        ({"konvaMetadata": {}, "designImageUrl": "data:image/png;base64,"}, "designImageUrl"),
    ],
    ids=range(7),
)
def test_bad_design_is_refused_and_the_link_still_works(
    shop: Shop, http: httpx.Client, body: Any, field: str
) -> None:
    token = shop.created_merch()["editSession"]["token"]
    error = error_of(_save(http, token, body), 400, "VALIDATION_ERROR")
    assert error["details"][0]["field"] == field
    assert http.get(f"/merch-editor/by-token/{token}").status_code == 200


def test_text_that_no_database_can_store_is_replaced(shop: Shop, http: httpx.Client) -> None:
    token = shop.created_merch()["editSession"]["token"]
    metadata = {"a\0": ["\ud800", "\U0001f600"], "number": 10**40}
    saved = _save(http, token, {"konvaMetadata": metadata}).json()["merch"]["konvaMetadata"]
    assert saved == {
        "a\N{REPLACEMENT CHARACTER}": ["\N{REPLACEMENT CHARACTER}", "😀"],
        "number": 10**40,
    }
