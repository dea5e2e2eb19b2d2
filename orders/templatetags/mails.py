"""Where mails go when no mail server is set."""

from pathlib import Path

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def mail_folder() -> str:
    """Return the folder that mails are written to, or "" when a server sends them."""
    folder = settings.EMAIL_FILE_PATH or ""
    root = Path(settings.BASE_DIR)
    return str(Path(folder).relative_to(root)) if Path(folder).is_relative_to(root) else folder
