"""The pages of staff that a user may open, for navigation."""

from typing import Any

from django import template
from django.urls import reverse

from pages.access import may_open

register = template.Library()

DASHBOARD_PAGES = {
    "orders:dashboard": "Orders",
    "orders:events": "Events",
    "orders:deliveries": "Deliveries",
    "orders:sessions": "Sessions",
    "orders:reconciliation": "Reconciliation",
}


@register.filter
def dashboard_pages(user: Any) -> list[tuple[str, str]]:  # noqa: ANN401 -- request.user
    """Return the address and the name of each page of the dashboard that the user may open."""
    return [(reverse(page), name) for page, name in DASHBOARD_PAGES.items() if may_open(user, page)]


def first_page(user: Any) -> str:  # noqa: ANN401 -- request.user
    """Return the address of the first page of staff that the user may open, or ""."""
    pages = [*DASHBOARD_PAGES, "gallery:studio"]
    return next((reverse(page) for page in pages if may_open(user, page)), "")
