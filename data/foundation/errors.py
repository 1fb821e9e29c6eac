"""The root of every error that this program raises on purpose, and how its message counts things."""


class DashboardError(Exception):
    """What is wrong, where, and what to do. `exit_code` is what the command line ends with."""

    exit_code = 1


def counted(number: int, one: str, many: str = "") -> str:
    """`1 delivery`, `2,310 rows`; `many` where it is not `one` with an s behind it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
