"""The forms of the console."""

from django import forms

from printora_sandbox.models import AutoFulfil, Faults


class ParcelForm(forms.Form):
    """The carrier and the tracking number of a parcel."""

    carrier = forms.CharField(required=False, max_length=64)
    tracking_number = forms.CharField(required=False, max_length=128)

    def error_message(self) -> str:
        """Return all errors of the form in one line."""
        return " ".join(
            f"{name.replace('_', ' ').capitalize()}: {message}"
            for name, messages in self.errors.items()
            for message in messages
        )


class FaultsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The fault settings."""

    class Meta:
        model = Faults
        fields = "__all__"  # noqa: DJ007  (the one row's key is not editable)

    def api_fields(self) -> list[forms.BoundField]:
        """Return the fields for faults of API calls."""
        return [field for field in self._number_fields() if not field.name.startswith("webhook")]

    def webhook_fields(self) -> list[forms.BoundField]:
        """Return the fields for faults of webhooks."""
        return [field for field in self._number_fields() if field.name.startswith("webhook")]

    def switch_fields(self) -> list[forms.BoundField]:
        """Return the fields that are on or off."""
        return [field for field in self if isinstance(field.field, forms.BooleanField)]

    def _number_fields(self) -> list[forms.BoundField]:
        return [field for field in self if isinstance(field.field, forms.IntegerField)]


class AutoFulfilForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The auto-fulfilment settings."""

    class Meta:
        model = AutoFulfil
        fields = "__all__"  # noqa: DJ007  (the one row's key is not editable)
