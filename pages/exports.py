"""CSV exports for staff: safe to open in a spreadsheet, bounded, and in the audit log."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from import_export.admin import ExportMixin  # type: ignore[import-untyped]
from import_export.formats.base_formats import CSV  # type: ignore[import-untyped]
from import_export.resources import (  # type: ignore[import-untyped]
    ModelResource,
    modelresource_factory,
)

from .access import require_permissions
from .audit import record

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
    `export_permission` names the permission that it takes beside that to see the list, and
    `export_exclude` the columns that must not leave.
    """

    export_permission: str

    formats = [CSV]
    skip_export_form = True
    export_exclude: list[str] = []

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may see the list and take a copy."""
        may_export = request.user.has_perm(self.export_permission)
        return bool(may_export and self.has_view_permission(request))

    def describe_export(self, _request: HttpRequest) -> str:
        """Return what the audit log says about an export after its number of rows."""
        return ""

    def get_export_resource_classes(self, _request: HttpRequest) -> list[type[SafeResource]]:
        """Return the one way to export."""
        meta = {"exclude": self.export_exclude}
        return [modelresource_factory(self.model, SafeResource, meta_options=meta)]

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file, unless it would be empty or too long."""
        if not self.has_export_permission(request):
            require_permissions(request.user, [self._view_permission, self.export_permission])
        problem = self._problem(request)
        if problem:
            messages.warning(request, problem)
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
        rows = f"Exported {len(data)} rows as CSV{self.describe_export(request)}."
        record(request.user, self.model, rows)
        return data

    @property
    def _view_permission(self) -> str:
        return f"{self.opts.app_label}.{get_permission_codename('view', self.opts)}"

    def _problem(self, request: HttpRequest) -> str:
        rows = self.get_export_queryset(request)
        if rows[MAX_ROWS : MAX_ROWS + 1]:
            return f"These are more than {MAX_ROWS:,} rows: filter the list first."
        return "" if rows[:1] else "There is nothing to export: the list is empty."
