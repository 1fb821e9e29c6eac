"""What was found out about one file: how it is written. Reported back to the sender."""

from dataclasses import dataclass

from data import storedjson

SEPARATORS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "Senkrechter Strich"}


@dataclass(frozen=True)
class Recognised:
    """The way of writing of one file or sheet. None: the file doesn't show it (no such values in it)."""

    table: str
    file: str
    sheet: str | None
    kind: str
    encoding: str | None = None
    separator: str | None = None
    decimals: str | None = None
    dates: str | None = None
    rows: int = 0
    profile: str | None = None

    @property
    def place(self) -> str:
        """`ziele.csv`, or `book.xlsx#ziele` for a sheet; `export.csv → ziele` as made by a profile."""
        made = f" → {self.table}" if self.profile else ""
        return (f"{self.file}#{self.sheet}" if self.sheet else self.file) + made

    @property
    def text(self) -> str:
        """For example "Windows-1252, Semikolon, Dezimalkomma, TT.MM.JJJJ"."""
        separator = SEPARATORS.get(self.separator or "")
        kind = None if self.kind == "CSV" else self.kind
        profile = f"Profil {self.profile}" if self.profile else None
        said = (kind, self.encoding, separator, self.decimals, self.dates, profile)
        return ", ".join(part for part in said if part)

    def as_json(self) -> dict[str, object]:
        """The fields and the text, ready for JSON."""
        return {**storedjson.plain(self), "text": self.text}
