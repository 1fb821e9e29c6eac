"""What is tested here is used by an import too: the office of the deliveries' tests hands in."""

from tests.deliveries.conftest import command, connection, office

__all__ = ["command", "connection", "office"]
