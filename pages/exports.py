"""CSV exports for staff: safe to open in a spreadsheet, bounded, and in the audit log."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from import_export.admin import ExportMixin  # type: ignore[import-untyped]
from import_export.formats.base_formats import CSV  # type: ignore[import-untyped]
from import_export.resources import (  # type: ignore[import-untyped]
    ModelResource,
    modelresource_factory,
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_ROWS = 10_000  # rows: they are held in memory


def csv_cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula; times are ISO 8601."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    # To a spreadsheet the quote mark means that text follows.
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


class SafeResource(ModelResource):  # type: ignore[misc]  # untyped
    """The rows of a model, with no cell that a spreadsheet would calculate."""

    def export_resource(self, *args: Any, **kwargs: Any) -> list[str]:  # noqa: ANN401
        """Return one row as text."""
        return [csv_cell(value) for value in super().export_resource(*args, **kwargs)]


class AuditedExportMixin(ExportMixin):  # type: ignore[misc]  # untyped
    """An admin whose list, as it is filtered, can be exported as CSV; the log records who did.

    The export form of the library is left out: it runs scripts that the CSP forbids.
    `export_exclude` names the columns that must not leave.
    """

    formats = [CSV]
    skip_export_form = True
    export_exclude: list[str] = []

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may see the list, and so take a copy."""
        return bool(self.has_view_permission(request))

    def get_export_resource_classes(self, _request: HttpRequest) -> list[type[SafeResource]]:
        """Return the one way to export."""
        meta = {"exclude": self.export_exclude}
        return [modelresource_factory(self.model, SafeResource, meta_options=meta)]

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file, unless it would be too long."""
        if self.has_export_permission(request) and self._is_too_long(request):
            messages.warning(
                request, f"These are more than {MAX_ROWS:,} rows: filter the list first."
            )
            return redirect(f"../?{request.GET.urlencode()}")
        response: HttpResponse = super().export_action(request)
        return response

    def get_data_for_export(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401 -- tablib's, untyped
        """Record the export, and make it."""
        data = super().get_data_for_export(request, queryset, **kwargs)
        LogEntry.objects.create(
            user_id=cast("int", request.user.pk),  # a user who may see the list has signed in
            content_type=ContentType.objects.get_for_model(self.model),
            object_repr=str(self.opts.verbose_name_plural),
            action_flag=CHANGE,
            change_message=f"Exported {len(data)} rows as CSV.",
        )
        return data

    def _is_too_long(self, request: HttpRequest) -> bool:
        return bool(self.get_export_queryset(request)[MAX_ROWS : MAX_ROWS + 1])
