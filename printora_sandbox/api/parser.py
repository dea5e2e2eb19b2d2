"""A strict parser of request bodies."""

import json
import math
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class JsonParser(Parser):
    """A parser that accepts only standard JSON with its content type."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the parsed body; raise ``ValueError`` if it isn't JSON."""
        if request.content_type != "application/json":
            raise ValueError(request.content_type)
        body: dict[str, Any] = json.loads(request.body, parse_constant=_refuse, parse_float=_finite)
        return body


def _refuse(constant: str) -> NoReturn:
    """Refuse NaN and Infinity: Python accepts them, JSON does not."""
    raise ValueError(constant)


def _finite(digits: str) -> float:
    """Refuse numbers that become infinite, such as 1e999."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number
