"""How large and how odd a file may be before it is refused unread."""

from dataclasses import dataclass

HEADER_BYTES = 256 * 1024  # within which the header has to end
FIELD_CHARACTERS = 1_000_000  # of an unclosed quote, before the rest of a file is given up
RATIO_FROM_BYTES = 50 * 2**20  # below this size a high ratio does no harm


@dataclass(frozen=True)
class Limits:
    """What one delivery may take. Each is a setting: `columns` is `DASHBOARD_LIMIT_COLUMNS`.

    `members`: files in an archive or folder. `total_mb`: all files of a delivery, unpacked. `ratio`: unpacked
    against packed (CSV of this format packs 5 to 20 times smaller). `cells`: of a sheet, blank ones between
    filled ones included. `cell_characters`: of one cell; values of the format have some hundred at most.
    `memory_mb`: for the checks of one delivery; more than that goes to the disk. `reading_mb`: of memory for
    the process in which one delivery is read and checked, in all; what a workbook needs is measured before it
    is read, and has to fit in beside the rest. `reading_minutes`: of a processor's time for it. `upload_mb`:
    of files that one page holds, chosen or arriving; `uploads_mb`: of all pages together, which lie in
    memory.
    An archive inside an archive is never read, so there is no limit of depth.
    """

    members: int = 1_000
    total_mb: int = 8_192
    ratio: int = 200
    columns: int = 500
    cells: int = 20_000_000
    cell_characters: int = 10_000
    line_characters: int = 1_000_000
    memory_mb: int = 512
    reading_mb: int = 3_072
    reading_minutes: int = 60
    upload_mb: int = 1_024
    uploads_mb: int = 2_048

    def wording(self, limit: str) -> dict[str, str | int]:
        """What a finding says of a limit: how much it is, and the setting that says so."""
        return {"limit": int(getattr(self, limit)), "setting": f"DASHBOARD_LIMIT_{limit.upper()}"}


LIMITS = Limits()
