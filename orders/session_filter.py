"""Filter the print sessions of the last month by what stands in the address."""

import django_filters
from django import forms
from django.db.models import QuerySet

from printora_integration.models import PrintSession
from vendor_kit.fields import parse_opaque_id


class SessionFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped
    """Filter by status, by flow, and by session id."""

    q = django_filters.CharFilter(
        method="of_id",
        label="Session",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Session id, whole"}),
    )
    status = django_filters.ChoiceFilter(
        choices=PrintSession.Status.choices, empty_label="Every status"
    )
    mode = django_filters.ChoiceFilter(
        label="Flow", choices=PrintSession.Mode.choices, empty_label="Every flow"
    )

    class Meta:
        model = PrintSession
        fields = ["q", "status", "mode"]

    @property
    def is_active(self) -> bool:
        """Tell whether anything is filtered."""
        return any(self.data.get(name) for name in self.filters)

    def of_id(
        self, sessions: QuerySet[PrintSession], _name: str, words: str
    ) -> QuerySet[PrintSession]:
        """Return the session that has this id."""
        return sessions.filter(session_id=parse_opaque_id(words.strip()) or "")
