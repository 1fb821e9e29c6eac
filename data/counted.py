"""A number of things in English, as commands and errors say it."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 delivery`, `2,310 rows`; `many` where it is not `one` with an s behind it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
