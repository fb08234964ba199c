"""The wrapper that Django's settings name; its folder is named as Django wants a backend's."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the socket before each request whether the server has hung up, where Django asks the server itself."""

    def is_usable(self) -> bool:
        """Say whether the connection can be used.

        A server that went away has said so on the socket: something is there to be read although nothing was asked. Only
        then, and after an error, is SELECT 1 worth its half millisecond. A network that fell silent shows only when
        something is asked, whichever way that is: the settings' `tcp_user_timeout` ends it.
        """
        if self.connection is None or self.errors_occurred or self._something_was_said():
            return bool(super().is_usable())
        return True

    def _something_was_said(self) -> bool:
        held = self.connection.pgconn
        if held.status != ConnStatus.OK:
            return True
        waiting = select.poll()
        waiting.register(held.socket, select.POLLIN)
        return bool(waiting.poll(0))
