"""Django's PostgreSQL, with a health check that costs no round trip."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Look at our own end of a kept connection first, and ask the server only when in doubt.

    Django's check (CONN_HEALTH_CHECKS) is a `SELECT 1` before the first query of each request. A
    server that ended a connection has said so or hung up: there is something to read, where an
    idle connection has nothing.
    """

    def is_usable(self) -> bool:
        """Return whether the connection can take a query."""
        in_doubt = self.errors_occurred or self.connection is None or self._has_something_to_read()
        return super().is_usable() if in_doubt else True

    def _has_something_to_read(self) -> bool:
        if self.connection.closed:
            return True
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return bool(poll.poll(0))
