"""The catalog: the products that Printora prints on."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from printora_integration.exceptions import ArgumentError
from printora_integration.merch.schemas import Product
from tests.integration.printora import Printora, merch_client_for, refuse_all


def product_of(**fields: Any) -> Product:
    printora = Printora({"data": {"products": [{"id": "p1"} | fields], "totalPages": 1}})
    [product] = merch_client_for(printora).catalog.list().products
    return product


def test_page_of_products_is_requested() -> None:
    printora = Printora({"data": {"products": [], "total": 3, "page": 2, "totalPages": 2}})
    page = merch_client_for(printora).catalog.list(page=2, limit=100, category="mugs", search="a b")
    assert printora.calls == ["GET /catalog/products?page=2&limit=100&category=mugs&search=a+b"]
    assert (page.total, page.page, page.total_pages) == (3, 2, 2)


@pytest.mark.parametrize(
    ("written", "read"),
    [("#ff00aa", "#FF00AA"), ("FF00AA", "#FF00AA"), ("f0a", "#FF00AA"), ("teal", None), (7, None)],
)
def test_colour_is_read_however_it_is_written(written: object, read: str | None) -> None:
    [variant] = product_of(variants=[{"id": "v1", "colorCode": written}]).variants
    assert variant.color_code == read


@pytest.mark.parametrize("price", [{"endPrice": 20.1}, {"end_price": "20.1"}])
def test_price_is_read_in_both_spellings(price: dict[str, Any]) -> None:
    [variant] = product_of(variants=[{"id": "v1", "size": "L"} | price]).variants
    assert (variant.end_price, variant.size) == (Decimal("20.1"), "L")


def test_odd_picture_loses_no_product() -> None:
    product = product_of(name="Mug", images=["https://example.com/a.png", None, {}], category={})
    assert (product.name, product.category) == ("Mug", None)
    assert product.images == ("https://example.com/a.png",)
    assert product_of(images="x").images == ()


def list_products(request: httpx.Request) -> httpx.Response:
    """Answer with the second product on both pages, as a list that shifts does."""
    page = int(request.url.params["page"])
    products = [{"id": f"p{number}"} for number in (page, 2)]
    return httpx.Response(200, json={"data": {"products": products, "totalPages": 2}})


def test_walk_yields_every_product_once() -> None:
    assert [product.id for product in merch_client_for(list_products).catalog.iterate()] == [
        "p1",
        "p2",
    ]


def test_walk_ends_without_a_number_of_pages() -> None:
    printora = Printora({"products": [{"id": "p1"}]})
    assert len(list(merch_client_for(printora).catalog.iterate())) == 1
    assert len(printora.requests) == 1


def test_search_sends_its_query() -> None:
    printora = Printora({"data": {"products": [{"id": "p1"}], "totalPages": 1}})
    assert [product.id for product in merch_client_for(printora).catalog.search("mug")] == ["p1"]
    assert printora.calls == ["GET /catalog/products?page=1&limit=50&search=mug"]


@pytest.mark.parametrize("arguments", [{"page": 0}, {"limit": 101}])
def test_page_that_cannot_be_is_refused_before_the_call(arguments: dict[str, int]) -> None:
    [argument] = arguments
    with pytest.raises(ArgumentError, match=rf"^{argument} must be"):
        merch_client_for(refuse_all).catalog.list(**arguments)  # type: ignore[arg-type]


def test_search_for_nothing_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"^query"):
        merch_client_for(refuse_all).catalog.search(" ")
