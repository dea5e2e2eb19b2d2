"""Judge what a visitor chose to print, before anything is kept or sent."""

from collections.abc import Mapping
from typing import Any

from .arguments import require_absolute, require_exactly_one, require_number
from .exceptions import ArgumentError
from .models import PrintSession
from .payloads import UNSTORABLE

MOST = 100  # copies of a merch item in one session: Printora refuses more


def chosen(
    *,
    image_url: str | None,
    creator_id: str | None,
    merch_id: str | None,
    variant_id: str | None,
    quantity: int | None,
) -> dict[str, Any]:
    """Return a choice as columns of PrintSession; raise ArgumentError for one that is none."""
    require_exactly_one(image_url=image_url, creator_id=creator_id, merch_id=merch_id)
    if merch_id is None and (variant_id is not None or quantity is not None):
        raise ArgumentError("variant_id and quantity go with merch_id only.")
    require_number("quantity", quantity, 1, MOST)
    if image_url is not None:
        require_absolute(image_url=image_url)
        return {"mode": PrintSession.Mode.IMAGE, "image_url": image_url}
    columns = {"creator_id": creator_id, "merch_id": merch_id, "variant_id": variant_id}
    texts = {column: value or "" for column, value in columns.items()}
    if creator_id is not None:
        return {"mode": PrintSession.Mode.CREATOR, **texts}
    return {"mode": PrintSession.Mode.MERCH, **texts, "quantity": quantity}


def require_storable(facts: Mapping[str, Any]) -> None:
    """Check that the columns of PrintSession can hold these texts; the error names the argument."""
    for argument, text in facts.items():
        if not isinstance(text, str):
            continue
        column = PrintSession._meta.get_field(argument)  # noqa: SLF001 -- public, for all its name
        longest = getattr(column, "max_length", None)
        if longest is not None and len(text) > longest:
            raise ArgumentError(f"{argument} is longer than {longest} characters.")
        if UNSTORABLE.search(text):
            raise ArgumentError(f"{argument} holds NUL or half a character.")
