"""What a deployment can forget: static files, templates, migrations, a folder for uploads.

`/readyz` and `manage.py check --deploy` report it. Each function returns one sentence, or "".
"""

import dataclasses
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable

_TEMPLATES = ("base.html", "400.html", "404.html", "500.html")


@cache  # neither the files nor the manifest change while a process runs
def static_files_problem() -> str:
    """Return what is wrong with the static files: their manifest is read when a process starts."""
    try:
        for finder in get_finders():
            for name, _storage in finder.list([]):
                staticfiles_storage.url(name)
    except (ValueError, OSError):
        return "Static files are not collected: run `manage.py collectstatic`, and restart."
    return ""


def templates_problem() -> str:
    """Return which template is missing."""
    for name in _TEMPLATES:
        try:
            get_template(name)
        except TemplateDoesNotExist:
            return f"The template {name} is missing: deploy the folder templates/ too."
    return ""


def uploads_problem() -> str:
    """Return what keeps uploads from being stored."""
    folder = Path(settings.MEDIA_ROOT)
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return ""
    return "The folder of uploads cannot be written: check the owner of MEDIA_ROOT."


def migrations_problem() -> str:
    """Return whether the database lacks a migration."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database's migrations could not be read."
    return "The database is not migrated: run `manage.py migrate`." if plan else ""


@dataclasses.dataclass
class Deployment(HealthCheck):
    """The check that nothing was forgotten when this version was deployed."""

    def run(self) -> None:
        """Raise ServiceUnavailable for the first thing that is missing."""
        for find_problem in (static_files_problem, templates_problem, uploads_problem):
            _require_none(find_problem)


@dataclasses.dataclass
class Migrations(HealthCheck):
    """The check that the database has every migration of this version."""

    def run(self) -> None:
        """Raise ServiceUnavailable while a migration is missing."""
        try:
            _require_no_migration()
        finally:
            connection.close()  # this thread ends with the probe


def _require_none(find_problem: Callable[[], str]) -> None:
    if problem := find_problem():
        raise ServiceUnavailable(problem)


@cache  # an error is not stored; a database that is migrated stays so
def _require_no_migration() -> None:
    _require_none(migrations_problem)


@register(Tags.files, deploy=True)
def check_deployment(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 -- Django's signature
    """Report what was forgotten, as `/readyz` would."""
    problems = (static_files_problem(), templates_problem(), uploads_problem())
    return [
        Error(problem, id=f"dreamcanvas.E00{number}")
        for number, problem in enumerate(problems, start=1)
        if problem
    ]
