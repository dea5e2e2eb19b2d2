"""Filter the dashboard's orders by what stands in the address."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q

from .models import Order, OrderQuerySet, Status
from .periods import since, until

TO_SHIP = "to_ship"
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrderFilter(django_filters.FilterSet):
    """Filter by status, day and flag, and by the beginning of a number, id, session or e-mail."""

    q = django_filters.CharFilter(
        method="search",
        label="Search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Order, session or e-mail"}),
    )
    status = django_filters.ChoiceFilter(
        method="in_status",
        choices=[(TO_SHIP, "To ship"), *Status.choices],
        empty_label="Every status",
    )
    since = django_filters.DateFilter(method="first_seen_since", label="From", widget=_DATE)
    until = django_filters.DateFilter(method="first_seen_until", label="To", widget=_DATE)
    flagged = django_filters.ChoiceFilter(
        method="for_a_person", label="Flagged", choices=[("yes", "Flagged")], empty_label="Any"
    )

    class Meta:
        model = Order
        fields = ["q", "status", "since", "until", "flagged"]

    @property
    def is_active(self) -> bool:
        """Tell whether anything is filtered."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def in_words(self) -> str:
        """Return what is filtered, for the log of actions: that one searched, but not for whom."""
        told = {name: self.data.get(name) for name in self.filters if self.data.get(name)}
        return ", ".join(name if name == "q" else f"{name} {told[name]}" for name in told)

    def search(self, orders: OrderQuerySet, _name: str, words: str) -> OrderQuerySet:
        """Return the orders that an operator could mean by these words."""
        words = words.strip()
        return orders.filter(
            Q(order_number_folded__startswith=words.lower())
            | Q(customer_email_folded__startswith=words.lower())
            | Q(order_id__startswith=words)
            | Q(session_id__startswith=words)
        )

    def in_status(self, orders: OrderQuerySet, _name: str, status: str) -> OrderQuerySet:
        """Return the orders of one status, or those that wait to be shipped."""
        if status == TO_SHIP:
            return orders.filter(status__in=[Status.PAID, Status.PROCESSING])
        return orders.filter(status=status)

    def first_seen_since(self, orders: OrderQuerySet, _name: str, day: date) -> OrderQuerySet:
        """Return the orders first heard of on this day (UTC) or later."""
        return since(orders, "first_seen_at", day)

    def first_seen_until(self, orders: OrderQuerySet, _name: str, day: date) -> OrderQuerySet:
        """Return the orders first heard of on this day (UTC) or earlier."""
        return until(orders, "first_seen_at", day)

    def for_a_person(self, orders: OrderQuerySet, _name: str, _yes: str) -> OrderQuerySet:
        """Return the orders whose events say what cannot all be true."""
        return orders.exclude(flags=[])
