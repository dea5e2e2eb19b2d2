"""The check of the database."""

from collections.abc import Iterator

from django.db import Error as DatabaseError
from django.db import connection as database
from django.db.migrations.executor import MigrationExecutor

from .findings import Finding, Level


def check_database() -> Iterator[Finding]:
    """Check that the database answers, and that its tables are those of this code."""
    try:
        executor = MigrationExecutor(database)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        message = "The database does not answer."
        hint = "Check its address and its password in your settings, and that it runs."
        yield Finding(Level.ERROR, "database", message, hint)
        return
    finally:
        database.close()  # this thread's own
    name = database.display_name
    if missing:
        message = f"{name} answers; migrations that are not applied: {len(missing)}."
        yield Finding(Level.ERROR, "database", message, "Run `manage.py migrate`.")
    else:
        yield Finding(Level.OK, "database", f"{name} answers, and every migration is applied.")
