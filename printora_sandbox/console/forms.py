"""The desk's one form."""

from django import forms


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
