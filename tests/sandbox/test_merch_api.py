import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.sandbox.shop import MERCH_FIELDS, TEE, Shop, error_of


def test_created_merch_has_the_documented_fields_and_an_editor_link(shop: Shop) -> None:
    created = shop.created_merch(stockLimit=10)
    assert set(created) == {"success", "merch", "editSession"}
    merch, edit = created["merch"], created["editSession"]
    assert set(merch) == MERCH_FIELDS
    assert (merch["stockLimit"], merch["stockSold"], merch["stockRemaining"]) == (10, 0, 10)
    assert (merch["isLimitedEdition"], merch["hasDesign"]) == (True, True)
    assert {variant["id"] for variant in merch["variants"]} == set(TEE["variantIds"])
    assert merch["product"]["name"] == "Classic T-Shirt"
    assert set(edit) == {"sessionId", "token", "editorUrl", "expiresAt"}
    assert edit["editorUrl"].endswith(f"/en/merch/t-shirt/{edit['token']}")


def test_merch_without_limit_has_no_stock_to_count(shop: Shop) -> None:
    merch = shop.merch(designImageUrl=None)
    assert (merch["stockLimit"], merch["stockRemaining"]) == (None, None)
    assert (merch["isLimitedEdition"], merch["hasDesign"]) == (False, False)


def test_merch_is_read_and_listed(shop: Shop) -> None:
    creator = shop.creator()["id"]
    items = [shop.merch(creator) for _ in range(3)]
    path = f"/creators/{creator}/merch"
    assert shop.call("GET", f"{path}/{items[0]['id']}").json()["merch"] == items[0]
    page = shop.call("GET", f"{path}?limit=2").json()
    assert set(page) == {"success", "merch", "pagination"}
    assert page["merch"] == [items[2], items[1]]
    assert page["pagination"] == {"total": 3, "limit": 2, "offset": 0, "hasMore": True}


def test_sort_order_decides_before_age(shop: Shop) -> None:
    creator = shop.creator()["id"]
    old, new = shop.merch(creator), shop.merch(creator)
    path = f"/creators/{creator}/merch"
    shop.call("PUT", f"{path}/{old['id']}", {"sortOrder": -1})
    listed = shop.call("GET", path).json()["merch"]
    assert [merch["id"] for merch in listed] == [old["id"], new["id"]]


def _path(merch: dict[str, Any]) -> str:
    return f"/creators/{merch['creatorId']}/merch/{merch['id']}"


def test_update_changes_the_given_fields_and_null_removes_the_limit(shop: Shop) -> None:
    merch = shop.merch(stockLimit=5)
    changes = {"title": "Sand tee", "stockLimit": None, "status": "archived", "isActive": False}
    response = shop.call("PUT", _path(merch), changes)
    assert response.status_code == 200
    changed = response.json()["merch"]
    assert {name: changed[name] for name in changes} == changes
    assert changed["variantIds"] == merch["variantIds"]


def test_deleted_merch_is_not_found_and_its_sessions_are_cancelled(shop: Shop) -> None:
    merch = shop.merch()
    opened = shop.opened(imageUrl=None, merchId=merch["id"])
    assert shop.call("DELETE", _path(merch)).json()["success"] is True
    error_of(shop.call("GET", _path(merch)), 404, "NOT_FOUND")
    assert shop.status(opened) == "cancelled"


def test_variants_of_another_product_are_refused(shop: Shop) -> None:
    creator = shop.creator()["id"]
    body = {**TEE, "variantIds": ["t-shirt-white-m", "mug-white-11oz"]}
    error_of(shop.call("POST", f"/creators/{creator}/merch", body), 400, "INVALID_VARIANTS")
    path = _path(shop.merch(creator))
    for changes in ({"variantIds": ["mug-white-11oz"]}, {"productId": "mug"}):
        error_of(shop.call("PUT", path, changes), 400, "INVALID_VARIANTS")


_BAD_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "title"),
    ({"title": None}, "title"),
    ({"productId": "boat"}, "productId"),
    ({"productId": 7}, "productId"),
    ({"variantIds": []}, "variantIds"),
    ({"variantIds": "mug"}, "variantIds"),
    ({"variantIds": [1]}, "variantIds.0"),
    ({"stockLimit": -1}, "stockLimit"),
    ({"stockLimit": 10**30}, "stockLimit"),
    ({"stockLimit": True}, "stockLimit"),
    ({"stockLimit": "5"}, "stockLimit"),
    ({"designImageUrl": "javascript:alert(1)"}, "designImageUrl"),
    ({"description": "\0"}, "description"),
]


@pytest.mark.parametrize(("fields", "field"), _BAD_FIELDS)
def test_bad_field_is_named(shop: Shop, fields: dict[str, Any], field: str) -> None:
    merch = shop.merch()
    for response in (
        shop.call("POST", f"/creators/{merch['creatorId']}/merch", {**TEE, **fields}),
        shop.call("PUT", _path(merch), fields),
    ):
        assert error_of(response, 400, "VALIDATION_ERROR")["details"][0]["field"] == field


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"status": "gone"}, "status"),
        ({"isActive": "yes"}, "isActive"),
        ({"isActive": None}, "isActive"),
        ({"sortOrder": 1.5}, "sortOrder"),
        ({"sortOrder": 10**30}, "sortOrder"),
    ],
)
def test_bad_change_is_named(shop: Shop, fields: dict[str, Any], field: str) -> None:
    response = shop.call("PUT", _path(shop.merch()), fields)
    assert error_of(response, 400, "VALIDATION_ERROR")["details"][0]["field"] == field


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"name": 1e999}'])
def test_broken_body_is_a_validation_error(shop: Shop, content: bytes) -> None:
    merch = shop.merch()
    for method, path in (
        ("POST", "/creators"),
        ("PUT", f"/creators/{merch['creatorId']}"),
        ("POST", f"/creators/{merch['creatorId']}/merch"),
        ("PUT", _path(merch)),
    ):
        headers = {"Content-Type": "application/json"}
        response = shop.http.request(method, f"/api/v1{path}", content=content, headers=headers)
        error_of(response, 400, "VALIDATION_ERROR")


_CALLS: list[tuple[str, str, Any]] = [
    ("GET", "", None),
    ("PUT", "", {"title": "Mine"}),
    ("DELETE", "", None),
    ("POST", "/edit-session", None),
]


@pytest.mark.parametrize(("method", "path", "body"), _CALLS)
def test_merch_of_another_partner_is_forbidden(
    shop: Shop, rival: Shop, method: str, path: str, body: Any
) -> None:
    merch = shop.merch()
    error_of(rival.call(method, _path(merch) + path, body), 403, "FORBIDDEN")
    assert shop.call("GET", _path(merch)).json()["merch"] == merch


@pytest.mark.parametrize(("method", "path", "body"), _CALLS)
def test_merch_of_another_creator_is_not_found(
    shop: Shop, method: str, path: str, body: Any
) -> None:
    stray = {"creatorId": shop.creator()["id"], "id": shop.merch()["id"]}
    error_of(shop.call(method, _path(stray) + path, body), 404, "NOT_FOUND")
    unknown = stray | {"id": str(uuid.uuid4())}
    error_of(shop.call(method, _path(unknown) + path, body), 404, "NOT_FOUND")


def test_item_deleted_during_other_calls_causes_no_server_error(shop: Shop) -> None:
    merch = shop.merch()
    creator = f"/creators/{merch['creatorId']}"
    calls: list[tuple[str, str, Any]] = [
        *[("PUT", _path(merch), {"title": "Sand tee"})] * 4,
        *[("POST", _path(merch) + "/edit-session", None)] * 4,
        *[("POST", f"{creator}/merch", TEE)] * 4,
        ("DELETE", _path(merch), None),
        *[("PUT", creator, {"description": "Paints"})] * 4,
        ("DELETE", creator, None),
        *[("POST", f"{creator}/merch", TEE)] * 4,
    ]
    with ThreadPoolExecutor(len(calls)) as pool:
        statuses = list(pool.map(lambda call: shop.call(*call).status_code, calls))
    assert set(statuses) <= {200, 201, 404}
