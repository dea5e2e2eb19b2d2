"""``/catalog/products``: the products to print on."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from ninja import Query, Router

from printora_sandbox.catalog import find_products

from .auth import API_KEY
from .fields import Envelope
from .request import PartnerRequest
from .responses import PARTNER_ERRORS
from .schemas.catalog import CatalogProduct, ProductPage, ProductQuery

router = Router(tags=["Product catalog"], by_alias=True, auth=API_KEY)


@router.get(
    "/catalog/products",
    summary="List Products",
    response={200: Envelope[ProductPage], **PARTNER_ERRORS},
)
def list_products(request: PartnerRequest, page: Query[ProductQuery]) -> Envelope[ProductPage]:
    """Return products by category and by search terms in their name, category or description."""
    found = find_products(category=page.category, search=page.search)
    start = (page.page - 1) * page.limit
    data = ProductPage(
        products=[CatalogProduct.of(product) for product in found[start : start + page.limit]],
        total=len(found),
        page=page.page,
        limit=page.limit,
        total_pages=-(-len(found) // page.limit),
    )
    return Envelope(data=data)
