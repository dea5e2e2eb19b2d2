"""A partner that manages creators and their merch, over HTTP."""

import json
import uuid
from typing import Any

import httpx

from tests.sandbox.visitor import NO_POOL, Api
from tests.sandbox_process import SandboxProcess

RIVAL_KEY = "sk_test_rival_prints_sandbox"
TEE = {
    "title": "Dune tee",
    "productId": "t-shirt",
    "variantIds": ["t-shirt-white-m", "t-shirt-navy-l"],
    "designImageUrl": "https://example.com/dune.png",
}
CREATOR_FIELDS = {
    "id",
    "name",
    "slug",
    "email",
    "description",
    "logoUrl",
    "status",
    "createdAt",
    "updatedAt",
}
MERCH_FIELDS = {
    "id",
    "creatorId",
    "title",
    "description",
    "status",
    "isActive",
    "sortOrder",
    "productId",
    "variantIds",
    "product",
    "variants",
    "designImageUrl",
    "hasDesign",
    "konvaMetadata",
    "stockLimit",
    "stockSold",
    "stockRemaining",
    "isLimitedEdition",
    "createdAt",
    "updatedAt",
}


def new_name() -> str:
    """Return a creator's name that no other test uses."""
    return f"Ada {uuid.uuid4().hex[:8]}"


class Shop(Api):
    """A client of the API for creators and merch, with the key of any partner."""

    def __init__(self, sandbox: SandboxProcess, key: str = "") -> None:
        super().__init__(sandbox)
        if key:
            self.http.headers["Authorization"] = f"Bearer {key}"

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send a JSON body as ASCII, because its escapes can contain any code unit."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if content else {}
        return self.http.request(method, f"/api/v1{path}", content=content, headers=headers)

    def creator(self, **fields: Any) -> dict[str, Any]:
        """Create a creator and return it."""
        response = self.call("POST", "/creators", {"name": new_name(), **fields})
        assert response.status_code == 201
        creator: dict[str, Any] = response.json()["creator"]
        return creator

    def created_merch(self, creator_id: str = "", **fields: Any) -> dict[str, Any]:
        """Create an item, for a new creator by default; return the whole response."""
        path = f"/creators/{creator_id or self.creator()['id']}/merch"
        response = self.call("POST", path, {**TEE, **fields})
        assert response.status_code == 201
        created: dict[str, Any] = response.json()
        return created

    def merch(self, creator_id: str = "", **fields: Any) -> dict[str, Any]:
        """Create an item and return it."""
        merch: dict[str, Any] = self.created_merch(creator_id, **fields)["merch"]
        return merch


def anonymous(sandbox: SandboxProcess) -> httpx.Client:
    """Return a client without a key."""
    return httpx.Client(
        base_url=f"{sandbox.url}/api/v1", trust_env=False, timeout=20, limits=NO_POOL
    )


def error_of(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check the status and code of an error response and return the error."""
    assert response.status_code == status
    assert response.json()["success"] is False
    error: dict[str, Any] = response.json()["error"]
    assert error["code"] == code
    return error
