"""Show pictures where the Content-Security-Policy lets them be shown."""

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def same_origin(url: str) -> str:
    """Return an address under APP_URL without its origin, any other as it is.

    Printora is given absolute addresses. A page may be open under another of our names, and asks
    for the picture there: the policy allows no other origin.
    """
    origin = str(settings.APP_URL)
    return url.removeprefix(origin) if url.startswith(f"{origin}/") else url
