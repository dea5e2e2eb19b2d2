from urllib.parse import urljoin

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def public(path: str) -> str:
    """Return the public address of a path of this site."""
    return urljoin(str(settings.APP_URL), path)
