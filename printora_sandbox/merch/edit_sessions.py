"""Edit sessions: links to the design editor that end with the first save or after a day."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from printora_sandbox.models import EditSession, Merch
from printora_sandbox.models.merch import EDIT_TOKEN_PATTERN

MAX_METADATA_DEPTH = 32  # levels in the editor's data; no real drawing has more

Json = dict[str, Any]


class EditSessionError(Exception):
    """A link that opens no editor."""


class UnknownEditSessionError(EditSessionError):
    """A link that does not exist, or whose item was deleted."""


class UsedEditSessionError(EditSessionError):
    """A link that a saved design has used."""


class ExpiredEditSessionError(EditSessionError):
    """A link that is older than a day."""


def get_edit_session(token: str) -> EditSession:
    """Return the open edit session of a link, with its item and creator.

    Raises ``UnknownEditSessionError``, ``UsedEditSessionError`` or ``ExpiredEditSessionError``.
    """
    if not EDIT_TOKEN_PATTERN.fullmatch(token):  # not every database can compare a NUL
        raise UnknownEditSessionError
    session = EditSession.objects.select_related("merch__creator").filter(token=token).first()
    if session is None:
        raise UnknownEditSessionError
    if session.used_at:
        raise UsedEditSessionError
    if session.expires_at <= timezone.now():
        raise ExpiredEditSessionError
    return session


@transaction.atomic
def save_design(token: str, *, konva_metadata: Json, design_image_url: str | None = None) -> Merch:
    """Save a design and end its edit session; without a new picture the item keeps its own.

    Raises as ``get_edit_session`` does. Of two simultaneous saves the first one counts.
    """
    session = get_edit_session(token)
    unused = EditSession.objects.filter(pk=session.pk, used_at__isnull=True)
    if not unused.update(used_at=timezone.now()):
        raise UsedEditSessionError
    merch = session.merch
    merch.konva_metadata = konva_metadata
    if design_image_url is not None:
        merch.design_image_url = design_image_url
    merch.save(update_fields=("konva_metadata", "design_image_url", "updated_at"))
    return merch
