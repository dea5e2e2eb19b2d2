"""The filters of the dashboard's lists, as the query string of an address has them."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from orders.models import Order, OrderQuerySet, Status
from pages.masking import masks_customers
from printora_integration.models import PrintSession, WebhookEvent
from printora_integration.schemas.webhooks import EventType
from vendor_kit.fields import parse_opaque_id

from .periods import since, until

TO_SHIP = "to_ship"
UNKNOWN_TYPES = "other"
REFUSED = "refused"
OUTCOMES = {
    "once": "Delivered once",
    "again": "Delivered again",
    "changed": "Came back changed",
    "reconciliation": "From reconciliation",
    REFUSED: "Refused",
}
Events = QuerySet[WebhookEvent]
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _session_id_filter(method: str) -> django_filters.CharFilter:
    placeholder = {"type": "search", "placeholder": "Session id, whole"}
    return django_filters.CharFilter(
        method=method, label="Session", widget=forms.TextInput(attrs=placeholder)
    )


class DashboardFilter(django_filters.FilterSet):
    """A list's filter that knows whether it filters anything."""

    @property
    def is_active(self) -> bool:
        """Return whether anything is filtered."""
        return any(self.data.get(name) for name in self.filters)


class OrderFilter(DashboardFilter):
    """A filter by status, day and flag, and by the start of a number, id, session or e-mail."""

    q = django_filters.CharFilter(
        method="search",
        label="Search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Order or session"}),
    )
    status = django_filters.ChoiceFilter(
        method="in_status",
        choices=[(TO_SHIP, "To ship"), *Status.choices],
        empty_label="Every status",
    )
    since = django_filters.DateFilter(method="first_seen_since", label="From", widget=_DATE)
    until = django_filters.DateFilter(method="first_seen_until", label="To", widget=_DATE)
    flagged = django_filters.ChoiceFilter(
        method="with_open_flags", label="Flagged", choices=[("yes", "Flagged")], empty_label="Any"
    )

    class Meta:
        model = Order
        fields = ["q", "status", "since", "until", "flagged"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the library's signature
        super().__init__(*args, **kwargs)
        if not masks_customers():
            self.filters["q"].field.widget.attrs["placeholder"] = "Order, session or e-mail"

    @property
    def summary(self) -> str:
        """Return what is filtered, for the audit log: without the text of a search."""
        active = {name: self.data.get(name) for name in self.filters if self.data.get(name)}
        return ", ".join(name if name == "q" else f"{name} {active[name]}" for name in active)

    def search(self, orders: OrderQuerySet, _name: str, text: str) -> OrderQuerySet:
        """Return the orders whose number, e-mail address, id or session id starts with a text.

        Who may not see customers finds no addresses either: letter by letter, one could be guessed.
        """
        text = text.strip()
        found = Q(order_number_lower__startswith=text.lower())
        found |= Q(order_id__startswith=text) | Q(session_id__startswith=text)
        if not masks_customers():
            found |= Q(customer_email_lower__startswith=text.lower())
        return orders.filter(found)

    def in_status(self, orders: OrderQuerySet, _name: str, status: str) -> OrderQuerySet:
        """Return the orders of one status, or those to be shipped."""
        if status == TO_SHIP:
            return orders.filter(status__in=[Status.PAID, Status.PROCESSING])
        return orders.filter(status=status)

    def first_seen_since(self, orders: OrderQuerySet, _name: str, day: date) -> OrderQuerySet:
        """Return the orders first seen on this day (UTC) or later."""
        return since(orders, "first_seen_at", day)

    def first_seen_until(self, orders: OrderQuerySet, _name: str, day: date) -> OrderQuerySet:
        """Return the orders first seen on this day (UTC) or earlier."""
        return until(orders, "first_seen_at", day)

    def with_open_flags(self, orders: OrderQuerySet, _name: str, _yes: str) -> OrderQuerySet:
        """Return the orders with a flag that nobody has marked as seen."""
        return orders.with_open_flags()


class EventFilter(DashboardFilter):
    """A filter by type, by outcome, and by session id."""

    q = _session_id_filter("of_session")
    type = django_filters.ChoiceFilter(
        method="of_type",
        label="Type",
        choices=[
            *((event.value, event.value) for event in EventType),
            (UNKNOWN_TYPES, "Unknown to us"),
        ],
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
    def shows_refused(self) -> bool:
        """Return whether the list is of refused deliveries, which are no events."""
        return bool(self.data.get("outcome") == REFUSED)

    def of_session(self, events: Events, _name: str, text: str) -> Events:
        """Return the events of one session; letter case in a UUID is ignored."""
        return events.filter(session_id=parse_opaque_id(text.strip()) or "")

    def of_type(self, events: Events, _name: str, kind: str) -> Events:
        """Return the events of one type, or of all types that we do not know."""
        if kind == UNKNOWN_TYPES:
            return events.exclude(event__in=[event.value for event in EventType])
        return events.filter(event=kind)

    def with_outcome(self, events: Events, _name: str, outcome: str) -> Events:
        """Return the events of one outcome; refused deliveries are no events."""
        if outcome == "once":
            return events.filter(delivery_count=1, source=WebhookEvent.Source.WEBHOOK)
        if outcome == "again":
            return events.filter(delivery_count__gt=1)
        if outcome == "changed":
            return events.exclude(changed_body="")
        if outcome == "reconciliation":
            return events.filter(source=WebhookEvent.Source.RECONCILIATION)
        return events.none()


class SessionFilter(DashboardFilter):
    """A filter by status, by flow, and by session id."""

    q = _session_id_filter("of_id")
    status = django_filters.ChoiceFilter(
        choices=PrintSession.Status.choices, empty_label="Every status"
    )
    mode = django_filters.ChoiceFilter(
        label="Flow", choices=PrintSession.Mode.choices, empty_label="Every flow"
    )

    class Meta:
        model = PrintSession
        fields = ["q", "status", "mode"]

    def of_id(
        self, sessions: QuerySet[PrintSession], _name: str, text: str
    ) -> QuerySet[PrintSession]:
        """Return the session that has this id."""
        return sessions.filter(session_id=parse_opaque_id(text.strip()) or "")
