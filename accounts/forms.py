"""The forms of the sign-in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator, RegexValidator

MAX_PASSWORD_LENGTH = 1024


class SignInForm(AuthenticationForm):
    """Django's form, with an end to the length of both fields.

    Django sets `maxlength` in the page only. A longer name does not fit into the table of failures.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        lengths = {
            "username": self.username_field.max_length or 0,
            "password": MAX_PASSWORD_LENGTH,
        }
        for name, length in lengths.items():
            self.fields[name].validators.append(MaxLengthValidator(length))


class CodeForm(forms.Form):
    """The six digits that an authenticator app shows."""

    code = forms.CharField(
        label="Code from your authenticator app",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """Return the digits without the space that many apps show in the middle."""
        code = "".join(self.cleaned_data["code"].split())
        RegexValidator(r"^[0-9]{6}\Z", "The code has six digits.")(code)
        return code


class RecoveryCodeForm(forms.Form):
    """One of the recovery codes."""

    code = forms.CharField(
        label="One of your recovery codes",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "autofocus": True}
        ),
    )


class AnyCodeForm(forms.Form):
    """A code of either kind."""

    code = forms.CharField(
        label="Code from your app, or a recovery code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
