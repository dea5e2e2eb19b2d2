import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.visitor import Api, Opened, Visitor, session_body
from tests.sandbox_process import SandboxProcess


def test_new_session_has_the_documented_fields(api: Api, sandbox: SandboxProcess) -> None:
    response = api.create()
    assert response.status_code == 201
    assert response.json()["success"] is True
    data = response.json()["data"]
    assert set(data) == {
        "sessionId",
        "redirectUrl",
        "imageUrl",
        "sessionMode",
        "creatorId",
        "createdAt",
    }
    assert str(uuid.UUID(data["sessionId"])) == data["sessionId"]
    assert data["imageUrl"] == session_body()["imageUrl"]
    assert data["sessionMode"] == "image"
    assert data["creatorId"] is None
    assert data["createdAt"].endswith("Z")
    assert data["redirectUrl"].startswith(f"{sandbox.url}/en/print/")
    assert len(data["redirectUrl"].rsplit("/", 1)[1]) == 64


def test_same_idempotency_key_answers_409_with_the_same_session(api: Api) -> None:
    first = api.create("key-of-one-click")
    again = api.create("key-of-one-click", imageUrl="https://example.com/another.png")
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json() == first.json()


def test_twenty_racing_requests_with_one_key_create_one_session(api: Api) -> None:
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(20) as pool:
        responses = list(pool.map(lambda _: api.create(key), range(20)))
    assert sorted(response.status_code for response in responses) == [201] + [409] * 19
    assert len({response.text for response in responses}) == 1


def test_older_snake_case_body_is_accepted(api: Api) -> None:
    response = api.http.post(
        "/api/v1/partner-session",
        headers={"Idempotency-Key": str(uuid.uuid4())},
        json={
            "image_url": "https://example.com/a.png",
            "success_url": "https://example.com/ok",
            "failed_url": "https://example.com/no",
            "user_data": {"email": "jo@example.com", "first_name": "Jo"},
        },
    )
    assert response.status_code == 201
    assert response.json()["data"]["imageUrl"] == "https://example.com/a.png"


def test_older_api_key_header_is_accepted(sandbox: SandboxProcess) -> None:
    response = httpx.post(
        f"{sandbox.url}/api/v1/partner-session",
        headers={"x-api-key": sandbox.api_key, "Idempotency-Key": str(uuid.uuid4())},
        json=session_body(),
    )
    assert response.status_code == 201


def test_session_is_readable_by_its_partner(api: Api, opened: Opened) -> None:
    response = api.get(f"/partner-session/{opened.id}")
    assert response.status_code == 200
    data = response.json()["data"]
    assert (data["sessionId"], data["status"], data["order"]) == (opened.id, "pending", None)
    assert data["redirectUrl"] == opened.url


def test_first_visit_makes_the_session_active(api: Api, opened: Opened, visitor: Visitor) -> None:
    assert visitor.look().status_code == 200
    assert api.status(opened) == "active"


def test_completed_session_links_its_order(api: Api, opened: Opened, visitor: Visitor) -> None:
    visitor.order()
    data = api.get(f"/partner-session/{opened.id}").json()["data"]
    assert data["status"] == "completed"
    assert data["order"]["partnershipHistoryId"] == opened.id
    assert data["order"]["totalAmount"] == 25.18
    assert data["order"]["source"] == "partner"


def test_token_is_valid_until_the_order_is_placed(opened: Opened, visitor: Visitor) -> None:
    parts = urlsplit(opened.url)
    address = f"{parts.scheme}://{parts.netloc}/api/v1/partner-session/by-token/{opened.token}"
    before = httpx.get(address).json()["data"]
    assert (before["isValid"], before["isCompleted"]) == (True, False)
    visitor.order()
    after = httpx.get(address).json()["data"]
    assert (after["isValid"], after["isCompleted"]) == (False, True)


@pytest.mark.parametrize("path", [f"/{uuid.uuid4()}", "/by-token/nothing"])
def test_unknown_session_is_not_found(api: Api, path: str) -> None:
    response = api.get(f"/partner-session{path}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "NOT_FOUND"
