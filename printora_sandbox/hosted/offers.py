"""The offers of a session: the whole catalog in flow A, a creator's merch in B, one item in C."""

from collections.abc import Mapping
from uuid import UUID

from printora_sandbox.catalog import Variant
from printora_sandbox.models import Merch, Session, SessionMode
from printora_sandbox.orders.checkout import Choice
from printora_sandbox.placement import Placement

from .choice import is_complete, read_choice, read_complete_choice, read_quantity


def session_choice(session: Session, data: Mapping[str, str]) -> Choice | None:
    """Return the choice in a query, or ``None`` if it names no item that is on sale."""
    if session.mode == SessionMode.IMAGE:
        return read_choice(data)
    merch = _find_merch(session, data)
    return _merch_choice(session, merch, data) if merch else None


def complete_session_choice(session: Session, data: Mapping[str, str]) -> Choice | None:
    """Return the choice only if every part of it was given and exists."""
    if session.mode == SessionMode.IMAGE:
        return read_complete_choice(data)
    choice = session_choice(session, data)
    return choice if choice and is_complete(choice, data) else None


def storefront_merch(session: Session) -> list[Merch]:
    """Return the creator's merch on sale: sold-out items too, but none without variants."""
    on_sale = Merch.objects.on_sale().filter(creator=session.creator)
    return [merch for merch in on_sale.select_related("creator") if merch.variants]


def _find_merch(session: Session, data: Mapping[str, str]) -> Merch | None:
    if session.mode == SessionMode.MERCH:
        merch = session.merch
        return merch if merch and merch.is_on_sale and merch.variants else None
    merch_id = _uuid(data.get("merch", ""))
    return next((merch for merch in storefront_merch(session) if merch.uuid == merch_id), None)


def _merch_choice(session: Session, merch: Merch, data: Mapping[str, str]) -> Choice:
    default = merch.variant(session.variant_id) or merch.variants[0]
    return Choice(
        merch=merch,
        variant=_variant(merch, data, default=default),
        quantity=read_quantity(data.get("quantity", str(session.quantity))),
        placement=Placement.from_konva(merch.konva_metadata),
    )


def _variant(merch: Merch, data: Mapping[str, str], *, default: Variant) -> Variant:
    """Return the chosen variant; not every size of an item exists in every colour."""
    colours = {variant.colour.slug for variant in merch.variants}
    chosen = data.get("colour", "")
    colour = chosen if chosen in colours else default.colour.slug
    of_colour = [variant for variant in merch.variants if variant.colour.slug == colour]
    fallback = default if default in of_colour else of_colour[0]
    return next((each for each in of_colour if each.size.slug == data.get("size")), fallback)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
