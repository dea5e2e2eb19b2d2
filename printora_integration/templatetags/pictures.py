"""Picture addresses that the Content-Security-Policy allows."""

from django import template

from printora_integration import conf

register = template.Library()


@register.filter
def same_origin(url: str) -> str:
    """Return an address under PRINTORA_SITE_URL without its origin, any other as it is.

    Printora is given absolute addresses. A page may be open under another of our names, and asks
    for the picture there: the policy allows no other origin.
    """
    origin = conf.site_url()
    return url.removeprefix(origin) if origin and url.startswith(f"{origin}/") else url
