"""Every address of the site, and what a member of staff needs to open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

# For everyone.
PUBLIC = {
    *("gallery:artwork", "gallery:creator", "gallery:creators"),
    *("gallery:favicon", "gallery:guide", "gallery:index", "gallery:like", "gallery:merch"),
    *("gallery:merch_print", "gallery:print", "gallery:robots", "gallery:seen", "gallery:shop"),
    *("gallery:sitemap", "gallery:theme", "gallery:upload", "gallery:upload_delete"),
    *("gallery:upload_file", "gallery:upload_form", "gallery:upload_print"),
    *("orders:callback_failed", "orders:callback_success", "orders:callback_success_state"),
    *("orders:my_prints", "login", "admin_login", "logout", "healthz", "readyz"),
    # Of the person who signs in or is signed in, whatever they may do.
    *("second_factor", "second_factor_code", "second_factor_recovery", "second_factor_set_up"),
    *("printora:webhook", "printora:None"),  # signed; the second is without the slash
}
CREATE_SESSION = "gallery:create_session"  # with DEBUG it is for everyone
VIEW_ORDER, EVENT = "orders.view_order", "printora_integration.view_webhookevent"
STAFF = {
    "orders:dashboard": {VIEW_ORDER},
    "orders:new_orders": {VIEW_ORDER},
    "orders:order": {VIEW_ORDER},
    "orders:mail": {VIEW_ORDER},
    "orders:export": {VIEW_ORDER, "orders.export_order"},
    "orders:mark_seen": {"orders.change_order"},
    "orders:send_again": {"orders.resend_order"},
    "orders:retry": {"orders.resend_order"},
    "orders:resend": {"orders.resend_order"},
    "orders:events": {EVENT},
    "orders:event": {EVENT},
    "orders:deliveries": {EVENT},
    "orders:deliveries_of_session": {EVENT},
    "orders:refused": {"printora_integration.view_refuseddelivery"},
    "orders:sessions": {"printora_integration.view_printsession"},
    "orders:reconciliation": {"orders.reconcile_order"},
    CREATE_SESSION: {"printora_integration.add_printsession"},
}
_STUDIO = {
    *("gallery:studio", "gallery:studio_refresh", "gallery:studio_new_creator"),
    *("gallery:studio_creator", "gallery:studio_connect", "gallery:studio_edit_creator"),
    *("gallery:studio_status", "gallery:studio_refresh_one", "gallery:studio_sales"),
    *("gallery:studio_new", "gallery:studio_edit", "gallery:studio_state"),
    *("gallery:studio_delete", "gallery:studio_editor", "gallery:studio_editor_link"),
}
STAFF |= {name: {"gallery.manage_merch"} for name in _STUDIO}
POSTED = {
    *("orders:mark_seen", "orders:send_again", "orders:retry", "orders:resend"),
    *("gallery:studio_refresh", "gallery:studio_connect", "gallery:studio_status"),
    *("gallery:studio_refresh_one", "gallery:studio_state", "gallery:studio_editor"),
    "gallery:studio_editor_link",
}
_VALUES = {"slug": "x", "pk": 1, "name": "x", "extension": "jpg", "order_id": "x"}


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with its namespaces, and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]

    @property
    def path(self) -> str:
        """Return a path of this pattern; no row belongs to it."""
        return reverse(self.name, kwargs={name: _VALUES[name] for name in self.arguments})


def addresses() -> list[Address]:
    """Return every URL pattern of the site but the admin's own."""
    return [each for each in _walk(get_resolver().url_patterns, ()) if "admin:" not in each.name]


def admin_names() -> set[str]:
    """Return the names of the admin's URL patterns."""
    names = {each.name for each in _walk(get_resolver().url_patterns, ())}
    return {name.removeprefix("admin:") for name in names if name.startswith("admin:")}


def _walk(patterns: list[Any], namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*namespaces, str(pattern.name)))
            yield Address(name, tuple(pattern.pattern.converters))
