"""The audit log: what staff did, in Django's own log of actions; repeated clicks are recognised."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

REPEAT_WINDOW = timedelta(seconds=30)


def record(user: Any, model: type[Model], message: str, *, of: Model | None = None) -> LogEntry:  # noqa: ANN401 -- request.user
    """Write one line into the log: who did what, and to which row where there is one.

    The message must hold no personal data: the log outlives what it is about.
    """
    return LogEntry.objects.create(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(model),
        object_id=None if of is None else str(of.pk),
        object_repr=(str(of) if of is not None else str(model._meta.verbose_name_plural))[:200],  # noqa: SLF001 -- documented, whatever its name
        action_flag=CHANGE,
        change_message=message,
    )


@contextmanager
def recorded(
    user: Any,  # noqa: ANN401 -- request.user
    model: type[Model],
    message: str,
    *,
    of: Model | None = None,
) -> Iterator[LogEntry]:
    """Write a line before an action, and add to it how the action failed if it did.

    Before, so that no action at a vendor is without its line, whatever becomes of the response.
    """
    entry = record(user, model, message, of=of)
    try:
        yield entry
    except Exception as error:
        add_outcome(entry, f"Failed: {type(error).__name__}.")
        raise


def record_once(user: Any, model: type[Model], message: str) -> LogEntry | None:  # noqa: ANN401 -- request.user
    """Write a line, unless this user wrote the same in the last half minute: then return None.

    The user's own row is locked meanwhile, so that of two clicks at once one comes second.
    """
    now = timezone.now()
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        same = LogEntry.objects.filter(user_id=user.pk, change_message=message)
        if same.filter(action_time__range=(now - REPEAT_WINDOW, now + REPEAT_WINDOW)).exists():
            return None
        return record(user, model, message)


def add_outcome(entry: LogEntry, message: str) -> None:
    """Add how it ended to a line."""
    entry.change_message = f"{entry.change_message} {message}"
    entry.save(update_fields=["change_message"])
