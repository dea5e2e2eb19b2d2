"""The checkout's form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from printora_sandbox.models import Draft, Session
from printora_sandbox.orders.checkout import Customer

from .countries import COUNTRIES, COUNTRIES_WITH_STATES

_MAX_FIELD_LENGTH = 300

_phone = RegexValidator(
    r"^\+?[\d\s().-]{6,24}$", "Enter a phone number: digits, spaces and a leading + only."
)
_zip_code = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9 -]{1,11}$", "Enter a valid ZIP or postal code.")
_us_zip_code = RegexValidator(r"^\d{5}(-\d{4})?$", "Enter a US ZIP code, such as 97205.")


def _text(
    label: str, autocomplete: str, *, required: bool = True, length: int = 120
) -> forms.CharField:
    noun = label if label[:2].isupper() else label.lower()
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"Enter the {noun}."},
    )


class CheckoutForm(forms.Form):
    """The customer and the shipping address."""

    email = forms.EmailField(
        label="Email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter the email address.",
            "invalid": "Enter an email address such as name@example.com.",
        },
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=32,
        validators=[_phone],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    first_name = _text("First name", "given-name")
    last_name = _text("Last name", "family-name")
    street = _text("Street and number", "address-line1", length=200)
    apartment = _text("Apartment, floor", "address-line2", required=False)
    city = _text("City", "address-level2")
    state = _text("State or province", "address-level1", required=False)
    zip_code = _text("ZIP or postal code", "postal-code", length=16)
    country = forms.ChoiceField(
        label="Country",
        choices=COUNTRIES,
        initial="US",
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check the fields whose rules depend on the country."""
        data = self.cleaned_data
        country = data.get("country", "")
        if country in COUNTRIES_WITH_STATES and "state" in data and not data["state"]:
            self.add_error("state", "Enter the state or province.")
        self._check_zip_code(data.get("zip_code", ""), country)
        return data

    def _check_zip_code(self, code: str, country: str) -> None:
        try:
            if code:
                (_us_zip_code if country == "US" else _zip_code)(code)
        except forms.ValidationError as error:
            self.add_error("zip_code", error)

    def customer(self) -> Customer:
        """Return the customer in a valid form."""
        return Customer(**self.cleaned_data)


def submitted_fields(data: Mapping[str, str]) -> dict[str, str]:
    """Return the unvalidated fields of a form, with a limited length."""
    fields = {name: data.get(name) for name in CheckoutForm.base_fields}
    return {name: _storable(text) for name, text in fields.items() if text is not None}


def _storable(text: str) -> str:
    return text.replace("\0", "")[:_MAX_FIELD_LENGTH]  # not every database can store a NUL


def initial_fields(session: Session) -> dict[str, str]:
    """Return the initial values: the visitor's draft, or else the partner's user data."""
    if draft := Draft.saved_fields(session):
        return draft
    first, _, last = session.name.partition(" ")
    return {
        "email": session.email,
        "first_name": session.first_name or first,
        "last_name": session.last_name or last.strip(),
    }
