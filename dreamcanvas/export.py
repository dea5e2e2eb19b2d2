"""Give lists of Django's admin a way out as CSV: safe to open, small enough to hold, and noted."""

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

from .csv_text import cell

MOST = 10_000  # rows: they are held in memory


class SafeResource(ModelResource):  # type: ignore[misc]  # untyped
    """Export what a model holds, with no cell that a spreadsheet would calculate."""

    def export_resource(self, *args: Any, **kwargs: Any) -> list[str]:  # noqa: ANN401
        """Return one row as text."""
        return [cell(value) for value in super().export_resource(*args, **kwargs)]


class AuditedExport(ExportMixin):  # type: ignore[misc]  # untyped
    """Offer a list, as it is filtered, as CSV, and note who took it.

    Its own form is left out: it runs scripts that the Content-Security-Policy forbids.
    `export_exclude` names the columns that must not leave.
    """

    formats = [CSV]
    skip_export_form = True
    export_exclude: list[str] = []

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Let those who may look take a copy."""
        return bool(self.has_view_permission(request))

    def get_export_resource_classes(self, _request: HttpRequest) -> list[type[SafeResource]]:
        """Return the one way to export."""
        meta = {"exclude": self.export_exclude}
        return [modelresource_factory(self.model, SafeResource, meta_options=meta)]

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file, unless it were too long."""
        if self.has_export_permission(request) and self._is_too_long(request):
            messages.warning(request, f"These are more than {MOST:,} rows: filter the list first.")
            return redirect(f"../?{request.GET.urlencode()}")
        response: HttpResponse = super().export_action(request)
        return response

    def get_data_for_export(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401 -- tablib's, untyped
        """Note the export, and make it."""
        data = super().get_data_for_export(request, queryset, **kwargs)
        LogEntry.objects.create(
            user_id=cast("int", request.user.pk),  # whoever may look has signed in
            content_type=ContentType.objects.get_for_model(self.model),
            object_repr=str(self.opts.verbose_name_plural),
            action_flag=CHANGE,
            change_message=f"Exported {len(data)} rows as CSV.",
        )
        return data

    def _is_too_long(self, request: HttpRequest) -> bool:
        return bool(self.get_export_queryset(request)[MOST : MOST + 1])
