"""The middleware that masks customers in all that staff without the permission are shown."""

from collections.abc import Callable
from contextvars import copy_context

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from .models.masking import viewed_by


class CustomerMaskingMiddleware:
    """Middleware that names the request's user as the viewer of all orders that it reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with orders as this user may see them, also those of a streamed response."""
        with viewed_by(request.user):
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                context, chunks = copy_context(), iter(response.streaming_content)
                response.streaming_content = iter(lambda: context.run(next, chunks, None), None)
        return response
