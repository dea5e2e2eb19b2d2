from urllib.parse import urljoin

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def public(path: str) -> str:
    """Return a path of this site as the address that the world knows it by."""
    return urljoin(str(settings.APP_URL), path)
