import uuid
from typing import Any

import pytest

from tests.sandbox.shop import CREATOR_FIELDS, Shop, error_of, new_name


def test_created_creator_has_the_documented_fields(shop: Shop) -> None:
    name = new_name()
    body = {"name": name, "email": "a@example.com", "logoUrl": "https://example.com/a.png"}
    response = shop.call("POST", "/creators", body)
    assert response.status_code == 201
    assert set(response.json()) == {"success", "creator"}
    creator = response.json()["creator"]
    assert set(creator) == CREATOR_FIELDS
    assert (creator["name"], creator["slug"]) == (name, name.lower().replace(" ", "-"))
    assert (creator["status"], creator["description"]) == ("active", None)
    assert shop.call("GET", f"/creators/{creator['id']}").json() == response.json()


def test_two_creators_of_one_name_get_two_slugs(shop: Shop) -> None:
    name = new_name()
    assert shop.creator(name=name)["slug"] != shop.creator(name=name)["slug"]


def test_slug_of_another_creator_is_refused(shop: Shop) -> None:
    first, second = shop.creator(), shop.creator()
    for method, path in (("POST", "/creators"), ("PUT", f"/creators/{second['id']}")):
        response = shop.call(method, path, {"name": "Ada", "slug": first["slug"]})
        assert error_of(response, 409, "CONFLICT")["details"][0]["field"] == "slug"


def test_two_partners_may_use_one_slug(shop: Shop, rival: Shop) -> None:
    slug = shop.creator()["slug"]
    assert rival.creator(slug=slug)["slug"] == slug


def test_creators_are_paged_newest_first_and_only_the_partners_own(shop: Shop, rival: Shop) -> None:
    ids = [shop.creator()["id"] for _ in range(3)]
    rival.creator()
    page = shop.call("GET", "/creators?limit=2&offset=1").json()
    assert set(page) == {"success", "creators", "pagination"}
    assert [each["id"] for each in page["creators"]] == [ids[1], ids[0]]
    assert page["pagination"]["offset"] == 1


def test_update_changes_the_given_fields_and_null_empties_a_field(shop: Shop) -> None:
    creator = shop.creator(email="a@example.com", description="Paints")
    response = shop.call("PUT", f"/creators/{creator['id']}", {"name": "Ada L", "email": None})
    changed = response.json()["creator"]
    assert (changed["name"], changed["email"]) == ("Ada L", None)
    assert (changed["description"], changed["slug"]) == ("Paints", creator["slug"])


@pytest.mark.parametrize("status", ["inactive", "suspended", "active"])
def test_status_is_set(shop: Shop, status: str) -> None:
    path = f"/creators/{shop.creator()['id']}"
    assert shop.call("PUT", f"{path}/status", {"status": status}).status_code == 200
    assert shop.call("GET", path).json()["creator"]["status"] == status


def test_deleted_creator_and_its_merch_are_not_found(shop: Shop) -> None:
    merch = shop.merch()
    path = f"/creators/{merch['creatorId']}"
    assert shop.call("DELETE", path).json()["success"] is True
    error_of(shop.call("GET", path), 404, "NOT_FOUND")
    error_of(shop.call("GET", f"{path}/merch/{merch['id']}"), 404, "NOT_FOUND")
    error_of(shop.create(imageUrl=None, merchId=merch["id"]), 404, "NOT_FOUND")


def test_session_of_a_deleted_creator_is_cancelled(shop: Shop) -> None:
    creator = shop.creator()
    opened = shop.opened(imageUrl=None, creatorId=creator["id"])
    shop.call("DELETE", f"/creators/{creator['id']}")
    assert shop.status(opened) == "cancelled"


_PATHS = [
    ("GET", "", None),
    ("PUT", "", {"name": "Mine"}),
    ("PUT", "/status", {"status": "active"}),
    ("DELETE", "", None),
    ("GET", "/stats", None),
    ("GET", "/orders", None),
    ("GET", "/merch", None),
]


@pytest.mark.parametrize(("method", "path", "body"), _PATHS)
def test_creator_of_another_partner_is_forbidden(
    shop: Shop, rival: Shop, method: str, path: str, body: Any
) -> None:
    creator = shop.creator()
    error_of(rival.call(method, f"/creators/{creator['id']}{path}", body), 403, "FORBIDDEN")
    assert shop.call("GET", f"/creators/{creator['id']}").json()["creator"] == creator


@pytest.mark.parametrize(("method", "path", "body"), _PATHS)
def test_unknown_creator_is_not_found(shop: Shop, method: str, path: str, body: Any) -> None:
    response = shop.call(method, f"/creators/{uuid.uuid4()}{path}", body)
    assert error_of(response, 404, "NOT_FOUND")["message"] == "Creator not found"


@pytest.mark.parametrize("creator_id", ["x", "0", "%00", "..%2f", "a" * 300, "é"])
def test_id_that_is_no_uuid_is_a_validation_error(shop: Shop, creator_id: str) -> None:
    response = shop.call("GET", f"/creators/{creator_id}/stats")
    assert response.status_code in (400, 404)
    assert response.json()["success"] is False


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " \n"}, "name"),
        ({"name": None}, "name"),
        ({"name": 5}, "name"),
        ({"name": "a" * 256}, "name"),
        ({"name": "a\0"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"slug": "Ada Lovelace"}, "slug"),
        ({"slug": "ada\n"}, "slug"),
        ({"slug": ["ada"]}, "slug"),
        ({"email": {}}, "email"),
        ({"description": "a" * 5001}, "description"),
        ({"logoUrl": "/a.png"}, "logoUrl"),
        ({"logoUrl": "http://example.com/a.png"}, "logoUrl"),
    ],
)
def test_bad_field_is_named(shop: Shop, fields: dict[str, Any], field: str) -> None:
    path = f"/creators/{shop.creator()['id']}"
    for response in (
        shop.call("POST", "/creators", {"name": "Ada", **fields}),
        shop.call("PUT", path, fields),
    ):
        assert error_of(response, 400, "VALIDATION_ERROR")["details"][0]["field"] == field


@pytest.mark.parametrize("status", ["gone", "", None, 1, ["active"]])
def test_unknown_status_is_refused(shop: Shop, status: Any) -> None:
    response = shop.call("PUT", f"/creators/{shop.creator()['id']}/status", {"status": status})
    assert error_of(response, 400, "VALIDATION_ERROR")["details"][0]["field"] == "status"
