"""The design editor's links: each opens the editor until its first save, for a day at most."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from .models import EditSession, Merch
from .models.merch import EDIT_TOKEN

MAX_DEPTH = 32  # of the editor's own data: deeper is nobody's drawing

Json = dict[str, Any]


class LinkError(Exception):
    """The link opens no editor."""


class UnknownLinkError(LinkError):
    """It was never given out, or its item is gone."""


class UsedLinkError(LinkError):
    """A design was saved through it."""


class ExpiredLinkError(LinkError):
    """Its day is over."""


def open_link(token: str) -> EditSession:
    """Return the editor's session behind a link, its item and creator loaded.

    Raises ``UnknownLinkError``, ``UsedLinkError`` or ``ExpiredLinkError``.
    """
    if not EDIT_TOKEN.fullmatch(token):  # what no database need be asked, or can't be
        raise UnknownLinkError
    found = EditSession.objects.select_related("merch__creator").filter(token=token).first()
    if found is None:
        raise UnknownLinkError
    if found.used_at:
        raise UsedLinkError
    if found.expires_at <= timezone.now():
        raise ExpiredLinkError
    return found


@transaction.atomic
def save_design(token: str, *, konva_metadata: Json, design_image_url: str | None = None) -> Merch:
    """Keep a design and use up its link; without a new picture, the item keeps its own.

    Raises as ``open_link`` does. Of two saves at once the first wins.
    """
    session = open_link(token)
    unused = EditSession.objects.filter(pk=session.pk, used_at__isnull=True)
    if not unused.update(used_at=timezone.now()):
        raise UsedLinkError
    merch = session.merch
    merch.konva_metadata = konva_metadata
    if design_image_url is not None:
        merch.design_image_url = design_image_url
    merch.save(update_fields=("konva_metadata", "design_image_url", "updated_at"))
    return merch
