"""Redirects after a form was sent."""

from http import HTTPStatus

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST: the browser requests the new address with GET."""

    status_code = HTTPStatus.SEE_OTHER
