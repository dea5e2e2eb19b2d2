"""The pages of the sign-in: the password, the code, and setting up an authenticator app."""

import logging
from collections.abc import Callable
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from pages.audit import record

from . import pending, second_factor
from .forms import AnyCodeForm, CodeForm, RecoveryCodeForm, SignInForm
from .known_browsers import remember_browser
from .receivers import client_address

logger = logging.getLogger(__name__)


class SignInView(LoginView):
    """The page of the name and the password, the only one that takes them."""

    form_class = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- Django's signature
        """Show the form, or the next step of a sign-in that waits for its second factor."""
        waiting = pending.get_pending(request)
        return next_step(waiting.user) if waiting else super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 -- AuthenticationForm
        """Sign in, or ask for the second factor first."""
        user: User = form.get_user()
        if second_factor.is_required(user):
            backend: str = user.backend
            pending.begin(self.request, user, backend=backend, next_url=self.get_success_url())
            return next_step(user)
        response = super().form_valid(form)
        remember_browser(response, user)
        return response


def next_step(user: User) -> HttpResponse:
    """Redirect to the page of the code, or to the page that sets up the app."""
    is_set_up = second_factor.has_authenticator(user)
    return redirect("second_factor_code" if is_set_up else "second_factor_set_up")


@method_decorator([sensitive_post_parameters("code"), never_cache], name="dispatch")
class PendingView(FormView):  # type: ignore[type-arg]  # not generic at run time
    """A page of a sign-in that waits for its second factor."""

    is_set_up = True  # it is for people who have an authenticator, or for those who have none
    waiting: pending.PendingSignIn

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 -- Django's signature
        """Send everybody else to the page that is theirs."""
        waiting = pending.get_pending(request)
        if waiting is None:
            minutes = pending.LIFETIME // 60
            messages.warning(
                request, f"Enter your password first. A code must follow in {minutes} minutes."
            )
            return redirect("login")
        if second_factor.has_authenticator(waiting.user) is not self.is_set_up:
            return next_step(waiting.user)
        self.waiting = waiting
        return super().dispatch(request, *args, **kwargs)


class CodeView(PendingView):
    """The page of the code."""

    template_name = "registration/code.html"
    form_class: type[forms.Form] = CodeForm
    check: Callable[[User, str], Any] = staticmethod(second_factor.check_code)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Sign in with a right code."""
        try:
            device = self.check(self.waiting.user, form.cleaned_data["code"])
        except second_factor.CodeError as error:
            add_code_error(self.request, form, self.waiting.user, error)
            return self.form_invalid(form)
        pending.finish(self.request, self.waiting, device)
        response = redirect(self.waiting.next_url)
        remember_browser(response, self.waiting.user)
        return response


class RecoveryCodeView(CodeView):
    """The page of a recovery code."""

    form_class = RecoveryCodeForm
    extra_context = {"is_recovery": True}
    check = staticmethod(second_factor.check_recovery_code)


class SetUpView(PendingView):
    """The page that sets up an authenticator app, for a person who has none."""

    template_name = "registration/set_up.html"
    form_class = CodeForm
    is_set_up = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add the secret as text, as an image and as a link."""
        device = pending.device_to_set_up(self.request, self.waiting)
        image = segno.make(device.config_url, micro=False).svg_inline(
            dark="#000", light="#fff", omitsize=True
        )
        return super().get_context_data(
            **kwargs,
            username=self.waiting.user.get_username(),
            secret=second_factor.secret_text(device),
            config_url=device.config_url,
            qr_code=mark_safe(image),  # noqa: S308 -- segno's SVG has only paths
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Confirm the app with its first code, sign in, and show the recovery codes."""
        device = pending.device_to_set_up(self.request, self.waiting)
        user = self.waiting.user
        try:
            second_factor.confirm_authenticator(device, form.cleaned_data["code"])
        except second_factor.CodeError as error:
            add_code_error(self.request, form, user, error)
            return self.form_invalid(form)
        pending.finish(self.request, self.waiting, device)
        record(user, User, "Set up the second factor.", of=user)
        response = recovery_codes_page(self.request, user, self.waiting.next_url)
        remember_browser(response, user)
        return response


@method_decorator([sensitive_post_parameters("code"), never_cache], name="dispatch")
class SecondFactorView(FormView):  # type: ignore[type-arg]  # not generic at run time
    """The page on which a verified person makes new recovery codes, or changes the phone.

    Both ask for a code again: whoever finds the browser open must not take the account over. A
    recovery code will do: the phone may be lost.
    """

    template_name = "registration/second_factor.html"
    form_class = AnyCodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 -- Django's signature
        """Send everybody else to the sign-in page."""
        if not second_factor.is_verified(request.user):
            return redirect("login")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add how many recovery codes are left."""
        count = second_factor.count_recovery_codes(self._user)
        return super().get_context_data(**kwargs, recovery_codes=count)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do what the pressed button says, with a right code."""
        user = self._user
        try:
            second_factor.check_any_code(user, form.cleaned_data["code"])
        except second_factor.CodeError as error:
            add_code_error(self.request, form, user, error)
            return self.form_invalid(form)
        if "new_phone" in self.request.POST:
            return self._change_phone(user)
        record(user, User, "Made new recovery codes.", of=user)
        return recovery_codes_page(self.request, user, self.request.path)

    def _change_phone(self, user: User) -> HttpResponse:
        backend: str = self.request.session[BACKEND_SESSION_KEY]
        second_factor.remove_devices(user)
        record(user, User, "Removed the second factor, to set it up again.", of=user)
        pending.begin(self.request, user, backend=backend, next_url=self.request.path)
        return redirect("second_factor_set_up")

    @property
    def _user(self) -> User:
        user: User = self.request.user  # type: ignore[assignment]  # dispatch() checked it
        return user


def recovery_codes_page(request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    """Make new recovery codes, and show them once: the database has only their hashes."""
    context = {"codes": second_factor.make_recovery_codes(user), "next_url": next_url}
    return render(request, "registration/recovery_codes.html", context)


def add_code_error(
    request: HttpRequest, form: forms.Form, user: User, error: second_factor.CodeError
) -> None:
    """Show a person why a code was not accepted, and log it without the code."""
    form.add_error("code", str(error))
    address = client_address(request)
    logger.warning("second factor of user %d refused from %s", user.pk, address)
