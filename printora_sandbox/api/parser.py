"""Reading request bodies strictly: JSON, said to be JSON."""

import json
import math
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class JsonParser(Parser):
    """Parse JSON; what isn't raises, and the framework makes the vendor's 400 of it."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the body says; raise ``ValueError`` if it isn't JSON."""
        if request.content_type != "application/json":
            raise ValueError(request.content_type)
        body: dict[str, Any] = json.loads(request.body, parse_constant=_refuse, parse_float=_finite)
        return body


def _refuse(constant: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python reads and JSON doesn't know."""
    raise ValueError(constant)


def _finite(digits: str) -> float:
    """Refuse what only infinity can hold, such as 1e999."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number
