"""Django's PostgreSQL, with a health check that costs no round trip."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A PostgreSQL connection whose health check asks the server only when in doubt.

    Django's check (CONN_HEALTH_CHECKS) is a `SELECT 1` before the first query of each request. Our
    check looks at our own end of the connection first: when the server has ended a connection, it
    has sent a message or closed the socket, so there is something to read. On an idle connection
    there is nothing to read.
    """

    def is_usable(self) -> bool:
        """Return whether the connection can take a query."""
        in_doubt = self.errors_occurred or self.connection is None or self._has_input()
        return super().is_usable() if in_doubt else True

    def _has_input(self) -> bool:
        if self.connection.closed:
            return True
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return bool(poll.poll(0))
