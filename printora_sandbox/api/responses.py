"""The error responses of the calls, for the OpenAPI document."""

from typing import Any

from .fields import ErrorEnvelope


def error_responses(*statuses: int) -> dict[Any, Any]:
    """Return the documentation of error responses with these statuses."""
    return dict.fromkeys(statuses, ErrorEnvelope)


# Every call with an API key; and the calls whose object may belong to another partner.
PARTNER_ERRORS = error_responses(400, 401, 404, 429, 500)
OBJECT_ERRORS = PARTNER_ERRORS | error_responses(403)
# The calls with a token as their credential.
TOKEN_ERRORS = error_responses(404, 429, 500)
