"""Django's error views: JSON for programs, a plain page for people."""

# ruff: noqa: ARG001  (the framework passes these by name)

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .api.errors import error_response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Respond with 404."""
    status = HTTPStatus.NOT_FOUND
    if _is_api(request):
        return error_response(status, "NOT_FOUND", "Not found")
    return _page(request, status, "Page not found", "There is nothing at this address.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Respond with 400."""
    status = HTTPStatus.BAD_REQUEST
    if _is_api(request):
        return error_response(status, "VALIDATION_ERROR", "Invalid request")
    return _page(request, status, "This request is not valid", "Go back and try again.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Respond with 500."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if _is_api(request):
        return error_response(status, "INTERNAL_ERROR", "Internal server error")
    text = "The sandbox's log has the reason. It is safe to try again."
    return _page(request, status, "The sandbox failed", text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Respond with 403 to a form without a valid CSRF token."""
    text = "The form came from another page or its cookie is gone. Go back, reload and try again."
    return _page(request, HTTPStatus.FORBIDDEN, "This form could not be trusted", text)


def _page(request: HttpRequest, status: HTTPStatus, title: str, text: str) -> HttpResponse:
    context = {"title": title, "text": text}
    return render(request, "sandbox/message.html", context, status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/console/api/"))
