"""The root of every error that this program raises on purpose, and what is said of a damaged file."""

from pathlib import Path

# How DuckDB says that a database was cut, overwritten or altered, and that it is gone.
_DAMAGED = ("not a valid DuckDB database", "Could not read enough bytes", "Corrupt database file")
_GONE = "database does not exist"


class DashboardError(Exception):
    """What is wrong, where, and what to do. `exit_code` is what the command line ends with."""

    exit_code = 1


class DamagedFileError(DashboardError, ValueError):
    """A file of the store is not what was written. `reason` may say how that shows."""

    exit_code = 6

    def __init__(self, path: Path, reason: str = "") -> None:
        self.path, self.reason = path, reason
        # In the store, without where that lies.
        folders = [at for at, part in enumerate(path.parts) if part in ("releases", "deliveries")]
        first = folders[-1] if folders else -1
        shown = "/".join(path.parts[first:])
        way_out = (
            "`python -m data build` makes it anew from the deliveries"
            if path.name == "current.json" or path.name.startswith("warehouse-")
            else "put it back from a backup; `python -m data verify` says what else is damaged"
        )
        super().__init__(
            f"{shown} is damaged{f' ({reason})' if reason else ''}. Nothing was changed: {way_out}."
        )


def tells_of_damage(error: BaseException) -> bool:
    """Whether an error of DuckDB means that the file of a database is damaged."""
    return any(sign in str(error) for sign in _DAMAGED)


def tells_of_absence(error: BaseException) -> bool:
    """Whether an error of DuckDB means that the file of a database is gone: of one that the store lists that
    is damage; of exact figures a build may have replaced it just now.
    """
    return _GONE in str(error)
