"""Filter the events that we received by what stands in the address."""

import django_filters
from django import forms
from django.db.models import QuerySet

from printora_integration.models import WebhookEvent
from printora_integration.schemas.webhooks import EventType
from vendor_kit.fields import parse_opaque_id

OTHER = "other"
REFUSED = "refused"
OUTCOMES = {
    "once": "Delivered once",
    "again": "Delivered again",
    "changed": "Came back changed",
    "reconciliation": "From reconciliation",
    REFUSED: "Refused",
}
Events = QuerySet[WebhookEvent]


class EventFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped
    """Filter by type, by what became of it, and by session id."""

    q = django_filters.CharFilter(
        method="of_session",
        label="Session",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Session id, whole"}),
    )
    type = django_filters.ChoiceFilter(
        method="of_type",
        label="Type",
        choices=[*((event.value, event.value) for event in EventType), (OTHER, "Unknown to us")],
        empty_label="Every type",
    )
    outcome = django_filters.ChoiceFilter(
        method="with_outcome",
        label="Outcome",
        choices=list(OUTCOMES.items()),
        empty_label="Every outcome",
    )

    class Meta:
        model = WebhookEvent
        fields = ["q", "type", "outcome"]

    @property
    def is_active(self) -> bool:
        """Tell whether anything is filtered."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def wants_refused(self) -> bool:
        """Tell whether the refused deliveries are asked for, which are no events."""
        return bool(self.data.get("outcome") == REFUSED)

    def of_session(self, events: Events, _name: str, words: str) -> Events:
        """Return the events of one session; an id is found however its letters are written."""
        return events.filter(session_id=parse_opaque_id(words.strip()) or "")

    def of_type(self, events: Events, _name: str, kind: str) -> Events:
        """Return the events of one type, or those of types that we do not know."""
        if kind == OTHER:
            return events.exclude(event__in=[event.value for event in EventType])
        return events.filter(event=kind)

    def with_outcome(self, events: Events, _name: str, outcome: str) -> Events:
        """Return the events that came once, again, changed, or from the orders list."""
        if outcome == "once":
            return events.filter(delivery_count=1, source=WebhookEvent.Source.WEBHOOK)
        if outcome == "again":
            return events.filter(delivery_count__gt=1)
        if outcome == "changed":
            return events.exclude(changed_body="")
        if outcome == "reconciliation":
            return events.filter(source=WebhookEvent.Source.RECONCILIATION)
        return events.none()
