"""Inserts that say whether the row was there already."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, Model


def insert_or_ignore(row: Model, *, unique: tuple[str, ...]) -> bool:
    """Insert a row and give it its primary key; return False where `unique` has one already.

    `unique` names the columns of a unique constraint. Django has `save()`, which fails and spoils
    the transaction around it unless a savepoint is made first, and `bulk_create` with
    `ignore_conflicts`, which does not say which rows it inserted. This waits, as both do, while
    another transaction inserts the same row. A field may be an expression, as `Now()`. For
    PostgreSQL and SQLite.
    """
    model = type(row)
    marks, values = _marks_and_values(row)
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, unique, marks), values)
        made = cursor.fetchone()
    if made is None:
        return False
    (row.pk,) = made
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- as save() does
    return True


def _marks_and_values(row: Model) -> tuple[tuple[str, ...], list[Any]]:
    """Return the SQL for each field, a mark or an expression, and the values of the marks."""
    marks: list[str] = []
    values: list[Any] = []
    for field in _inserted_fields(type(row)):
        value = field.get_db_prep_save(field.pre_save(row, add=True), connection)
        if isinstance(value, Expression):
            compiler = type(row)._base_manager.all().query.get_compiler(connection=connection)  # noqa: SLF001 -- documented
            mark, params = compiler.compile(value)
        else:
            mark, params = "%s", [value]
        marks.append(mark)
        values.extend(params)
    return tuple(marks), values


@cache
def _inserted_fields(model: type[Model]) -> tuple[Field, ...]:  # type: ignore[type-arg]
    """Return the fields that a statement fills; the others the database fills itself."""
    fields = model._meta.local_concrete_fields  # noqa: SLF001 -- documented, whatever its name
    return tuple(field for field in fields if not field.primary_key and not field.generated)


@cache
def _statement(model: type[Model], unique: tuple[str, ...], marks: tuple[str, ...]) -> str:
    meta = model._meta  # noqa: SLF001 -- see above
    columns = [str(field.column) for field in _inserted_fields(model)]
    # Names alone are put together here; the values go beside the statement.
    return (
        f"INSERT INTO {_quoted([meta.db_table])} ({_quoted(columns)}) "  # noqa: S608
        f"VALUES ({', '.join(marks)}) "
        f"ON CONFLICT ({_quoted(unique)}) DO NOTHING RETURNING {_quoted([str(meta.pk.column)])}"
    )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)
