"""Filter the dashboard's orders by what stands in the address."""

import django_filters
from django import forms
from django.db.models import Q

from .models import Order, OrderQuerySet, Status


class OrderFilter(django_filters.FilterSet):
    """Filter by status, and by the beginning of an order's number, id, session or e-mail."""

    q = django_filters.CharFilter(
        method="search",
        label="Search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Order, session or e-mail"}),
    )
    status = django_filters.ChoiceFilter(choices=Status.choices, empty_label="Every status")

    class Meta:
        model = Order
        fields = ["q", "status"]

    def search(self, orders: OrderQuerySet, _name: str, words: str) -> OrderQuerySet:
        """Return the orders that an operator could mean by these words."""
        words = words.strip()
        return orders.filter(
            Q(order_number_folded__startswith=words.lower())
            | Q(customer_email_folded__startswith=words.lower())
            | Q(order_id__startswith=words)
            | Q(session_id__startswith=words)
        )
