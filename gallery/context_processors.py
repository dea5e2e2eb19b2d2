from django.http import HttpRequest

from gallery.themes import theme_of


def theme(request: HttpRequest) -> dict[str, str]:
    """Tell the templates which theme the visitor chose: "light", "dark", or "" for the device's."""
    return {"theme": theme_of(request)}
