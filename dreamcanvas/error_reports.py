"""Django's error page with details, which developers see with DEBUG, without any secret."""

import re
from types import FrameType
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter


class SecretFilter(SafeExceptionReporterFilter):
    """A filter that hides secrets with DEBUG too: pages are copied into tickets and chats."""

    # URLs of databases, brokers and mail servers hold passwords.
    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|_URL$|CREDENTIALS", re.IGNORECASE
    )

    def is_active(self, request: HttpRequest | None) -> bool:  # noqa: ARG002 -- Django's signature
        """Hide what views and functions marked as sensitive, whatever DEBUG is."""
        return True

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> Any:  # noqa: ANN401 -- an iterable of pairs, as the base class returns two kinds
        """Return a function's variables; those that are named like a secret are hidden."""
        variables = super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self._cleansed(name, value)) for name, value in variables]

    def _cleansed(self, name: str, value: object) -> object:
        fields = value.dict() if isinstance(value, QueryDict) else value
        return self.cleanse_setting(name, fields)
