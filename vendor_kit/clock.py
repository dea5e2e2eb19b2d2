"""The clock of the database: machines that share a database need not agree on the time.

Use it for each time that another machine compares: a lease, a deadline, an age. In an INSERT or an
UPDATE, Django's `Now()` is the same clock and costs no query.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def database_now() -> datetime:
    """Return the time of the database's clock; with SQLite that is this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT STATEMENT_TIMESTAMP()")  # NOW() would be the transaction's begin
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
