"""The root of every error this program raises on purpose."""


class DashboardError(Exception):
    """What is wrong, where, and what to do. `exit_code` is what the command line ends with."""

    exit_code = 1
