"""Django's PostgreSQL backend, which brings up the embedded server when first used.

Nothing is started by importing settings, so `manage.py check`, the type checker and
`--help` leave no server behind; the first connection does it.
"""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from cscareers.database.embedded import PORT, USER, server_for


class DatabaseClient(PostgresClient):
    """`manage.py dbshell` against the embedded server."""

    def runshell(self, parameters: Any) -> None:
        self.connection.get_connection_params()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters, with the socket of a server that is up by now."""
        place = server_for(Path(self.settings_dict["EMBEDDED_IN"])).join()
        self.settings_dict |= {"HOST": str(place.sockets), "PORT": PORT, "USER": USER}
        return super().get_connection_params()
