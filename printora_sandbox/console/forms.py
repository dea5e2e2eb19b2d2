"""The desk's forms."""

from django import forms

from printora_sandbox.models import AutoFulfil, Faults


class ParcelForm(forms.Form):
    """Which carrier has the parcel, and under which number."""

    carrier = forms.CharField(required=False, max_length=64)
    tracking_number = forms.CharField(required=False, max_length=128)

    def problem(self) -> str:
        """Say in one sentence what is wrong with the form."""
        return " ".join(
            f"{name.replace('_', ' ').capitalize()}: {message}"
            for name, messages in self.errors.items()
            for message in messages
        )


class FaultsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What shall go wrong on purpose."""

    class Meta:
        model = Faults
        fields = "__all__"  # noqa: DJ007  (the one row's key is not editable)

    def api_fields(self) -> list[forms.BoundField]:
        """Return what goes wrong with calls."""
        return [field for field in self._numbers() if not field.name.startswith("webhook")]

    def webhook_fields(self) -> list[forms.BoundField]:
        """Return what goes wrong with webhooks."""
        return [field for field in self._numbers() if field.name.startswith("webhook")]

    def switches(self) -> list[forms.BoundField]:
        """Return what is either on or off."""
        return [field for field in self if isinstance(field.field, forms.BooleanField)]

    def _numbers(self) -> list[forms.BoundField]:
        return [field for field in self if isinstance(field.field, forms.IntegerField)]


class AutoFulfilForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Whether orders move on by themselves, and when."""

    class Meta:
        model = AutoFulfil
        fields = "__all__"  # noqa: DJ007  (the one row's key is not editable)
