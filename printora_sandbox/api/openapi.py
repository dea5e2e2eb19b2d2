"""The OpenAPI document with the response headers, which the framework does not know."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

_LIMIT_HEADERS = {
    "X-RateLimit-Limit": "Calls a minute for this key",
    "X-RateLimit-Remaining": "Calls left in this minute",
    "X-RateLimit-Reset": "When the minute ends, in epoch seconds",
}
_RETRY_AFTER = {"Retry-After": "Seconds to wait"}


class DocumentedAPI(NinjaAPI):
    """A NinjaAPI that documents the headers of every response."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401  (the framework's)
        """Return the document; no header is required, because the limit can be off."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    response["headers"] = _headers_of(int(status))
        return schema


def _headers_of(status: int) -> dict[str, Any]:
    headers = _LIMIT_HEADERS | (_RETRY_AFTER if status == HTTPStatus.TOO_MANY_REQUESTS else {})
    return {
        name: {"description": text, "schema": {"type": "integer", "minimum": 0}}
        for name, text in headers.items()
    }
