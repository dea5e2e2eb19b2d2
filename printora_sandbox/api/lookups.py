"""Lookups of a partner's creators and items: 404 if missing, 403 if another partner owns it.

Views that write call them in their transaction, so that nothing is deleted in between.
"""

from uuid import UUID

from printora_sandbox.models import Creator, Merch
from printora_sandbox.partners import Partner

from .errors import ForbiddenError, NotFoundError


def get_creator(partner: Partner, creator_id: UUID) -> Creator:
    """Return one of the partner's creators."""
    creator = Creator.objects.filter(uuid=creator_id).first()
    if creator is None:
        raise NotFoundError("Creator not found")
    if creator.partner != partner.id:
        raise ForbiddenError("This creator belongs to another partner")
    return creator


def get_merch(partner: Partner, merch_id: UUID) -> Merch:
    """Return one of the partner's items, of any creator."""
    merch = Merch.objects.select_related("creator").filter(uuid=merch_id).first()
    if merch is None:
        raise NotFoundError("Merch not found")
    if merch.creator.partner != partner.id:
        raise ForbiddenError("This merch belongs to another partner")
    return merch


def get_creator_merch(partner: Partner, creator_id: UUID, merch_id: UUID) -> Merch:
    """Return one of a creator's items."""
    creator = get_creator(partner, creator_id)
    merch = creator.merch.select_related("creator").filter(uuid=merch_id).first()
    if merch is None:
        raise NotFoundError("Merch not found")
    return merch
