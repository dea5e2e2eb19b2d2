from django.http import HttpRequest

from .theme import read_theme


def theme(request: HttpRequest) -> dict[str, str]:
    """Return the visitor's theme for the templates: "light", "dark", or "" for the device's."""
    return {"theme": read_theme(request)}
