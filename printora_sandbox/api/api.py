"""The vendor's API: its routers, errors, OpenAPI document and docs page."""

from . import (
    catalog,
    creators,
    errors,
    legacy_routes,
    merch,
    merch_editor,
    orders,
    sessions,
    webhook_logs,
)
from .openapi import DocumentedAPI
from .parser import JsonParser

api = DocumentedAPI(
    title="Printora Partner API (sandbox)",
    version="1.0.0",
    description="A stand-in for Printora: nothing is charged, nothing is printed.",
    urls_namespace="vendor",
    parser=JsonParser(),
)
errors.add_handlers(api)
for part in (
    sessions,
    orders,
    webhook_logs,
    catalog,
    creators,
    merch,
    merch_editor,
    legacy_routes,
):
    api.add_router("/v1", part.router)
