"""What a deployment forgot is said by `/readyz` and by `check --deploy`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from health_check.exceptions import ServiceUnavailable
from pytest_django import Settings

from dreamcanvas import readiness
from tests.helpers import ROOT

MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@pytest.fixture(autouse=True)
def new_process() -> Iterator[None]:
    """Know nothing from an earlier test."""
    for known in (readiness.static_files_problem, readiness._require_no_migration):
        known.cache_clear()
    yield
    for known in (readiness.static_files_problem, readiness._require_no_migration):
        known.cache_clear()


@pytest.fixture
def static_root(settings: Settings, tmp_path: Path) -> Path:
    """Return an empty folder for the collected files of two small pages."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("body { margin: 0 }")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}}
    return tmp_path / "collected"


def deployment_errors() -> list[str]:
    return [
        each.msg
        for each in run_checks(include_deployment_checks=True)
        if "dreamcanvas" in str(each.id)
    ]


def test_static_files_that_are_not_collected_are_reported(static_root: Path) -> None:
    assert deployment_errors() == [
        "Static files are not collected: run `manage.py collectstatic`, and restart."
    ]
    with pytest.raises(ServiceUnavailable, match="collectstatic"):
        readiness.Deployment().run()


def test_static_file_that_is_newer_than_the_collection_is_reported(static_root: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    assert readiness.static_files_problem() == ""
    readiness.static_files_problem.cache_clear()
    (static_root.parent / "source" / "new.css").write_text("p { margin: 0 }")
    assert "collectstatic" in readiness.static_files_problem()


def test_missing_template_is_reported(settings: Settings) -> None:
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": []}]
    assert deployment_errors() == [
        "The template base.html is missing: deploy the folder templates/ too."
    ]
    with pytest.raises(ServiceUnavailable, match=r"base\.html"):
        readiness.Deployment().run()


def test_uploads_that_cannot_be_stored_are_reported(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "new" / "media"
    assert readiness.uploads_problem() == ""
    (tmp_path / "new").touch()  # a file in the way
    assert deployment_errors() == [
        "The folder of uploads cannot be written: check the owner of MEDIA_ROOT."
    ]


@pytest.mark.django_db
def test_missing_migration_is_reported_until_it_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = MigrationRecorder(connection).migration_qs.filter(app="orders").latest("name")
    recorded.delete()
    assert (
        readiness.migrations_problem() == "The database is not migrated: run `manage.py migrate`."
    )
    recorded.save(force_insert=True)
    assert readiness.migrations_problem() == ""


def test_complete_deployment_is_ready() -> None:
    assert (ROOT / "templates").is_dir()
    assert deployment_errors() == []
    readiness.Deployment().run()
