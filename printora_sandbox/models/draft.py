"""Drafts: the checkout form of a visitor who goes back to the editor."""

from django.db import models

from .session import Session


class Draft(models.Model):
    """The unvalidated fields of a checkout form; deleted when the order is placed."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="draft")
    fields = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"draft of {self.session_id}"

    @classmethod
    def save_fields(cls, session: Session, fields: dict[str, str]) -> None:
        """Save the fields and replace those saved before."""
        cls.objects.update_or_create(session=session, defaults={"fields": fields})

    @classmethod
    def saved_fields(cls, session: Session) -> dict[str, str]:
        """Return the saved fields of a session, if there are any."""
        draft = cls.objects.filter(session=session).first()
        return draft.fields if draft else {}

    @classmethod
    def discard(cls, session: Session) -> None:
        """Delete the draft of a session."""
        cls.objects.filter(session=session).delete()
