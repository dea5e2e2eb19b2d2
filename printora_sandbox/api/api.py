"""The vendor's API, put together: routers, errors, OpenAPI document and docs page."""

from . import (
    catalog,
    creators,
    errors,
    merch,
    merch_editor,
    older_paths,
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
errors.install(api)
for part in (
    sessions,
    orders,
    webhook_logs,
    catalog,
    creators,
    merch,
    merch_editor,
    older_paths,
):
    api.add_router("/v1", part.router)
