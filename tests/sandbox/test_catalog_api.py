import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from tests.sandbox.visitor import Api

PATH = "/catalog/products"


def _data(api: Api, **query: Any) -> dict[str, Any]:
    response = api.get(PATH, params=query)
    assert response.status_code == 200
    assert response.json()["success"] is True
    data: dict[str, Any] = response.json()["data"]
    return data


def test_products_have_the_documented_fields(api: Api) -> None:
    data = _data(api)
    assert set(data) == {"products", "total", "page", "limit", "totalPages"}
    assert len(data["products"]) == data["total"] >= 7
    assert (data["page"], data["limit"], data["totalPages"]) == (1, 20, 1)
    for product in data["products"]:
        assert set(product) == {
            "id",
            "name",
            "category",
            "description",
            "thumbnail",
            "images",
            "variants",
        }
        for variant in product["variants"]:
            assert set(variant) == {"id", "color", "colorCode", "size", "endPrice"}
            assert re.fullmatch("#[0-9a-f]{6}", variant["colorCode"])
            assert 10 < variant["endPrice"] < 100


def test_all_pages_together_have_every_product_once(api: Api) -> None:
    total = _data(api)["total"]
    last = -(-total // 3)
    pages = [_data(api, page=number, limit=3) for number in range(1, last + 2)]
    assert {page["totalPages"] for page in pages} == {last}
    ids = [product["id"] for page in pages for product in page["products"]]
    assert len(ids) == len(set(ids)) == total
    assert pages[-1]["products"] == []


def test_products_are_found_by_category_and_search_terms_in_any_case(api: Api) -> None:
    names = {
        (category, search): [
            each["name"] for each in _data(api, category=category, search=search)["products"]
        ]
        for category, search in (("apparel", ""), ("", "COTTON"), ("Apparel", "hood"), ("", "boat"))
    }
    assert list(names.values()) == [
        ["Classic T-Shirt", "Pullover Hoodie"],
        ["Classic T-Shirt", "Canvas Tote"],
        ["Pullover Hoodie"],
        [],
    ]


@pytest.mark.parametrize(
    "query",
    [{"page": "0"}, {"page": "9" * 30}, {"limit": "101"}, {"limit": "x"}, {"search": "\0"}],
)
def test_impossible_query_is_a_validation_error(api: Api, query: dict[str, str]) -> None:
    response = api.get(PATH, params=query)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"
    assert response.json()["error"]["details"][0]["field"] == next(iter(query))


def test_every_picture_is_a_complete_svg_document(api: Api) -> None:
    for product in _data(api)["products"]:
        assert product["thumbnail"] == product["images"][0]
        for url in product["images"]:
            response = api.http.get(url)
            assert response.headers["content-type"].startswith("image/svg+xml")
            assert ET.fromstring(response.text).tag == "{http://www.w3.org/2000/svg}svg"
            assert "<image" not in response.text
            assert "mockup__" not in response.text


@pytest.mark.parametrize("path", ["boat/white", "mug/plaid"])
def test_picture_of_an_unknown_product_is_not_found(api: Api, path: str) -> None:
    assert api.http.get(f"/en/catalog/{path}.svg").status_code == 404
