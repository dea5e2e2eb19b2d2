"""What a session sells: in flow A the whole catalog, in B a creator's shelf, in C one item."""

from collections.abc import Mapping
from uuid import UUID

from printora_sandbox.catalog import Variant
from printora_sandbox.checkout import Choice
from printora_sandbox.models import Merch, Session, SessionMode
from printora_sandbox.placement import Placement

from .choice import is_exact, read_choice, read_exact_choice, read_quantity


def choice_in(session: Session, data: Mapping[str, str]) -> Choice | None:
    """Return what is chosen so far, or none where the query names no item that is on sale."""
    if session.mode == SessionMode.IMAGE:
        return read_choice(data)
    merch = _item(session, data)
    return _merch_choice(session, merch, data) if merch else None


def exact_choice_in(session: Session, data: Mapping[str, str]) -> Choice | None:
    """Return the choice only if every part of it was given and exists: an order guesses nothing."""
    if session.mode == SessionMode.IMAGE:
        return read_exact_choice(data)
    choice = choice_in(session, data)
    return choice if choice and is_exact(choice, data) else None


def shelf_of(session: Session) -> list[Merch]:
    """Return what a creator sells, sold out items among it, those without any variant not."""
    on_sale = Merch.objects.on_sale().filter(creator=session.creator)
    return [merch for merch in on_sale.select_related("creator") if merch.variants]


def _item(session: Session, data: Mapping[str, str]) -> Merch | None:
    if session.mode == SessionMode.MERCH:
        merch = session.merch
        return merch if merch and merch.is_on_sale and merch.variants else None
    wanted = _uuid(data.get("merch", ""))
    return next((merch for merch in shelf_of(session) if merch.uuid == wanted), None)


def _merch_choice(session: Session, merch: Merch, data: Mapping[str, str]) -> Choice:
    return Choice(
        merch=merch,
        variant=_variant(merch, data, usual=merch.variant(session.variant_id) or merch.variants[0]),
        quantity=read_quantity(data.get("quantity", str(session.quantity))),
        placement=Placement.of_konva(merch.konva_metadata),
    )


def _variant(merch: Merch, data: Mapping[str, str], *, usual: Variant) -> Variant:
    """Return the variant asked for; an item need not come in every size of every colour."""
    colours = {variant.colour.slug for variant in merch.variants}
    wanted = data.get("colour", "")
    colour = wanted if wanted in colours else usual.colour.slug
    of_colour = [variant for variant in merch.variants if variant.colour.slug == colour]
    best = usual if usual in of_colour else of_colour[0]
    return next((each for each in of_colour if each.size.slug == data.get("size")), best)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
