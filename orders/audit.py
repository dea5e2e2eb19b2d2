"""Note in Django's own log of actions what staff asked for, and keep them from asking twice."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

ONCE_IN = timedelta(seconds=30)


def note(user: Any, model: type[Model], words: str, *, of: Model | None = None) -> LogEntry:  # noqa: ANN401 -- request.user
    """Write one line into the log: who did what, and to which row where there is one.

    Words must hold nobody's data: the log outlives what it tells of.
    """
    return LogEntry.objects.create(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(model),
        object_id=None if of is None else str(of.pk),
        object_repr=(str(of) if of is not None else str(model._meta.verbose_name_plural))[:200],  # noqa: SLF001 -- public, for all its name
        action_flag=CHANGE,
        change_message=words,
    )


def note_once(user: Any, model: type[Model], words: str) -> LogEntry | None:  # noqa: ANN401 -- request.user
    """Write a line, unless this user wrote the same in the last half minute: then return None.

    The user's own row is locked meanwhile, so that of two clicks at once one comes second.
    """
    since = timezone.now() - ONCE_IN
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        same = LogEntry.objects.filter(user_id=user.pk, change_message=words)
        if same.filter(action_time__gte=since).exists():
            return None
        return note(user, model, words)


def amend(entry: LogEntry, words: str) -> None:
    """Add how it ended to a line."""
    entry.change_message = f"{entry.change_message} {words}"
    entry.save(update_fields=["change_message"])
