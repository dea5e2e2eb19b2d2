"""A log line keeps an error's type and place, and not the values that its message quotes."""

import logging

import django.db
import psycopg
import pydantic
import pytest

from dreamcanvas.logs import LineFormatter

pytestmark = pytest.mark.one_database

ROW = "Failing row contains (1, grace@example.com)."


def line(error: Exception, message: str = "Task failed: %s", *arguments: object) -> str:
    """Return the line of a record about an error that was raised from another one."""
    page = RuntimeError("the page")
    page.__cause__ = error
    info = (type(page), page, None)
    record = logging.LogRecord("orders", logging.ERROR, __file__, 1, message, arguments, info)
    return LineFormatter("{message}", style="{").format(record)


@pytest.mark.parametrize("kind", [django.db.IntegrityError, psycopg.errors.CheckViolation])
def test_row_that_the_database_refused_is_left_out(kind: type[Exception]) -> None:
    error = kind(f'new row violates check constraint "positive"\nDETAIL:  {ROW}')
    text = line(error, "Task failed: %r", error)
    assert "grace" not in text
    assert 'violates check constraint "positive"' in text
    assert "RuntimeError: the page" in text


def test_value_of_the_wrong_form_is_left_out() -> None:
    error = django.db.DataError('invalid input syntax for type uuid: "grace@example.com"')
    text = line(error, "Task failed: %s", error)
    assert "grace" not in text
    assert "DataError" in text


def test_value_that_pydantic_refused_is_left_out() -> None:
    value = "grace@example.com"
    with pytest.raises(pydantic.ValidationError) as refusal:
        pydantic.TypeAdapter(int).validate_python(value)
    assert "grace" in str(refusal.value)
    assert "grace" not in line(refusal.value, "Task failed: %s", refusal.value)
