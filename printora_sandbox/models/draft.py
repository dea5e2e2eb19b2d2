"""What a visitor typed at the checkout before going back to change the choice."""

from django.db import models

from .session import Session


class Draft(models.Model):
    """The checkout's fields as they were typed, right or wrong; gone once the order is placed."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="draft")
    fields = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"draft of {self.session_id}"

    @classmethod
    def keep(cls, session: Session, fields: dict[str, str]) -> None:
        """Remember the fields, in the place of those kept before."""
        cls.objects.update_or_create(session=session, defaults={"fields": fields})

    @classmethod
    def kept(cls, session: Session) -> dict[str, str]:
        """Return the fields kept for a session, if there are any."""
        draft = cls.objects.filter(session=session).first()
        return draft.fields if draft else {}

    @classmethod
    def forget(cls, session: Session) -> None:
        """Delete what was kept: the order has it now."""
        cls.objects.filter(session=session).delete()
