"""The office of the deliveries' tests, and the details of persons that it must not hand in."""

from tests.deliveries.conftest import connection, office

__all__ = ["connection", "office"]
