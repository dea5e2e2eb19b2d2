"""A session made by hand for any picture, with the request and the response shown."""

import json
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gallery.models import Artwork
from gallery.site.print_failed import error_status
from pages.access import staff_permission
from pages.audit import record
from printora_integration.client import PrintChoice, PrintoraClient, UserData
from printora_integration.exceptions import ArgumentError, PrintoraError
from printora_integration.models import PrintSession
from printora_integration.print_sessions.start import start_print_session
from printora_integration.print_sessions.visitors import visitor_id
from vendor_kit.arguments import is_absolute_url
from vendor_kit.responses import Exchange


class SessionForm(forms.Form):
    """The form for what the session is made of."""

    image_url = forms.CharField(label="Picture's address", max_length=2000)
    email = forms.EmailField(label="E-mail", required=False)
    first_name = forms.CharField(label="First name", max_length=100, required=False)
    last_name = forms.CharField(label="Last name", max_length=100, required=False)

    def clean_image_url(self) -> str:
        """Return the address; Printora must be able to fetch it."""
        url: str = self.cleaned_data["image_url"].strip()
        if not is_absolute_url(url):
            raise forms.ValidationError("Give a whole address that begins with https:// or http://")
        return url

    @property
    def user_data(self) -> UserData:
        """Return the data that prefills the checkout."""
        answers = {name: self.cleaned_data[name] for name in ("email", "first_name", "last_name")}
        return UserData(**{name: value for name, value in answers.items() if value})

    @property
    def reference(self) -> str:
        """Return a hash of the answers: the same form sent twice is the same session."""
        answers = json.dumps(self.cleaned_data, sort_keys=True)
        return f"create-session/{sha256(answers.encode()).hexdigest()[:32]}"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def create_session(request: HttpRequest) -> HttpResponseBase:
    """Show the form, make the session, and show the exchanges; outside DEBUG for staff only."""
    return _form_or_result(request) if settings.DEBUG else _for_staff(request)


def _form_or_result(request: HttpRequest) -> HttpResponse:
    visitor_id(request)  # the cookie must be there before the first click
    if request.method != "POST":
        return _render_form(request, SessionForm(initial={"image_url": _example_url()}))
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _render_form(request, form, status=HTTPStatus.BAD_REQUEST)
    return _create_and_render(request, form)


_for_staff = staff_permission("printora_integration.add_printsession")(_form_or_result)


def _create_and_render(request: HttpRequest, form: SessionForm) -> HttpResponse:
    if request.user.is_staff:  # in the demo it is for everyone
        record(request.user, PrintSession, "Made a print session by hand.")
    status = HTTPStatus.OK
    exchanges: list[Exchange] = []
    client = PrintoraClient.from_settings(on_exchange=exchanges.append)
    result: dict[str, Any] = {}
    try:
        result["session"] = start_print_session(
            PrintChoice(image_url=form.cleaned_data["image_url"]),
            visitor=visitor_id(request),
            reference=form.reference,
            title="A picture by its address",
            back_url=request.path,
            user_data=form.user_data,
            client=client,
        )
    except ArgumentError as error:
        form.add_error("image_url", str(error))
        status = HTTPStatus.BAD_REQUEST
    except PrintoraError as error:
        result["error"] = error
        status = error_status(error)
    finally:
        client.close()
    result["exchanges"] = [_format_exchange(each) for each in exchanges]
    return _render_form(request, form, status=status, **result)


def _format_exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "method": exchange.method,
        "url": exchange.url,
        "idempotency_key": exchange.idempotency_key,
        "sent": json.dumps(exchange.sent, indent=2, ensure_ascii=False),
        "status": exchange.status,
        "received": json.dumps(exchange.received, indent=2, ensure_ascii=False),
    }


def _render_form(
    request: HttpRequest, form: SessionForm, *, status: int = HTTPStatus.OK, **result: object
) -> HttpResponse:
    context = {"form": form} | result
    return render(request, "gallery/guide/create_session.html", context, status=status)


def _example_url() -> str:
    newest = Artwork.objects.order_by("-published_at").first()
    return newest.master_url if newest else ""
