"""Answers of last resort: JSON for programs, a plain page for people."""

# ruff: noqa: ARG001  (the framework passes these by name)

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .api import errors


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    if _is_api(request):
        return errors.reply(404, "NOT_FOUND", "Not found")
    return _page(request, 404, "Page not found", "There is nothing at this address.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    if _is_api(request):
        return errors.reply(400, "VALIDATION_ERROR", "Invalid request")
    return _page(request, 400, "That request made no sense", "Go back and try again.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    if _is_api(request):
        return errors.reply(500, "INTERNAL_ERROR", "Internal server error")
    return _page(request, 500, "The sandbox failed", "Its log says why. Trying again is safe.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that didn't come from one of our pages."""
    text = "The form came from another page or its cookie is gone. Go back, reload and try again."
    return _page(request, 403, "This form could not be trusted", text)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    context = {"title": title, "text": text}
    return render(request, "sandbox/message.html", context, status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/console/api/"))
