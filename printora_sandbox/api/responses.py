"""The refusals that calls may answer, for the OpenAPI document."""

from typing import Any

from .fields import ErrorEnvelope


def refusals(*statuses: int) -> dict[Any, Any]:
    """Say that a call may refuse with these statuses."""
    return dict.fromkeys(statuses, ErrorEnvelope)


# Every call with a key, and those whose things may be another partner's.
REFUSALS = refusals(400, 401, 404, 429, 500)
OWNED = REFUSALS | refusals(403)
# The token is the credential.
BY_TOKEN = refusals(404, 429, 500)
