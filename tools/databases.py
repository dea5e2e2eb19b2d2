"""Recognise a database that another version of DreamCanvas made, and move it aside."""

from itertools import count
from pathlib import Path

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.db.models.options import Options

from tools.processes import ROOT

_SQLITE_SUFFIXES = ("", "-wal", "-shm")  # of the files of one database
_SCHEMA = "public"  # where PostgreSQL has the tables


def is_outdated(database: BaseDatabaseWrapper) -> bool:
    """Return whether the project's migrations do not fit those that the database records.

    They do not fit when a recorded migration is no longer on disk, was applied before one that it
    depends on, or when one of its tables or columns is missing.
    """
    loader = MigrationLoader(database)
    labels = _own_labels()
    recorded = sorted(key for key in loader.applied_migrations if key[0] in labels)
    if any(key not in loader.disk_migrations for key in recorded):
        return True
    try:
        loader.check_consistent_history(database)
    except InconsistentMigrationHistory:
        return True
    migrated = {label for label, _name in recorded}
    models = loader.project_state(recorded).apps.get_models(include_auto_created=True)
    tables = [options for each in models if (options := _options(each)).app_label in migrated]
    return not all(_exists(database, table) for table in tables)


def move_file_aside(database: BaseDatabaseWrapper) -> Path:
    """Rename the files of an SQLite database; return the new path."""
    database.close()
    path = Path(database.settings_dict["NAME"])
    new_path = next(
        candidate
        for number in count(1)
        if not (candidate := path.with_name(_old_name(f"{path.name}.old", number))).exists()
    )
    for suffix in _SQLITE_SUFFIXES:
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.rename(new_path.with_name(new_path.name + suffix))
    return new_path


def move_schema_aside(database: BaseDatabaseWrapper) -> str:
    """Rename the schema of a PostgreSQL database and make an empty one; return the new name."""
    with database.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        names = {name for (name,) in cursor.fetchall()}
        candidates = (_old_name(f"{_SCHEMA}_old", number) for number in count(1))
        new_name = next(name for name in candidates if name not in names)
        cursor.execute(f"ALTER SCHEMA {_SCHEMA} RENAME TO {new_name}")
        cursor.execute(f"CREATE SCHEMA {_SCHEMA}")
    return new_name


def _old_name(name: str, number: int) -> str:
    return name if number == 1 else f"{name}{number}"


def _own_labels() -> set[str]:
    """Return the labels of the project's own apps; it does not judge the migrations of others."""
    own = (each for each in apps.get_app_configs() if Path(each.path).is_relative_to(ROOT))
    return {each.label for each in own if "site-packages" not in Path(each.path).parts}


def _options(model: type[Model]) -> "Options[Model]":
    return model._meta  # noqa: SLF001 -- Django documents it


def _exists(database: BaseDatabaseWrapper, options: "Options[Model]") -> bool:
    """Return whether a model's table is in the database, with all its columns."""
    introspection = database.introspection
    with database.cursor() as cursor:
        if options.db_table not in introspection.table_names(cursor):
            return False
        found = {
            column.name for column in introspection.get_table_description(cursor, options.db_table)
        }
    return {field.column for field in options.local_concrete_fields} <= found
