"""The refusals that every authenticated call may answer, for the OpenAPI document."""

from typing import Any

from .fields import ErrorEnvelope

REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 404, 429, 500), ErrorEnvelope)
