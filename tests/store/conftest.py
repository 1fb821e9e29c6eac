"""The office of the deliveries' tests hands in here too."""

from tests.deliveries.conftest import connection, office

__all__ = ["connection", "office"]
