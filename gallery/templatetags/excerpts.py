from django import template

from gallery.guide.excerpts import Excerpt, read_excerpt

register = template.Library()


@register.inclusion_tag("gallery/guide/_excerpt.html")
def excerpt(path: str, name: str) -> dict[str, Excerpt | str]:
    """Show a function or class of this repository as it stands now."""
    return {"excerpt": read_excerpt(path, name), "name": name}
