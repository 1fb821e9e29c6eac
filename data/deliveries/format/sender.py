"""Who hands in, as of when: the head of a delivery, and what is said beside its files."""

from dataclasses import dataclass
from datetime import date, datetime

from data.deliveries.format.profile import Profile

SYNTHETIC = "Demonstrationsdaten (synthetisch)"


@dataclass(frozen=True)
class Sender:
    """The head of a delivery. `complete`: with `lieferung`, so the sender's whole stock."""

    sender: str
    name: str
    kind: str
    reporting_date: date
    software: str
    complete: bool

    @property
    def synthetic(self) -> bool:
        """Whether it says of itself that it is demonstration data."""
        return self.software == SYNTHETIC


@dataclass(frozen=True)
class Given:
    """What is said beside the files. `sender` and `reporting_date` (TT.MM.JJJJ) belong to a single table
    without `lieferung`; `profile` says how files in other shapes become the format, and is kept for the
    sender; `by` is who hands in. `census`: the year of the one that an official list of municipalities is
    carried forward from, where the list does not say it.
    """

    sender: str | None = None
    reporting_date: str | date | None = None
    profile: Profile | None = None
    by: str = ""
    census: str | None = None


def as_date(written: str | date) -> date | None:
    """TT.MM.JJJJ or JJJJ-MM-TT as a date."""
    if isinstance(written, date):
        return written
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(written.strip(), pattern).date()
        except ValueError:
            continue
    return None
