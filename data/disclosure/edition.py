"""Which figures an answer is made of."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Edition:
    """Which figures these are.

    `version` names them, `as_of` is the newest reporting date, `behind` the labels of the Kreise whose
    last delivery is older than `as_of`, `senders` how many offices delivered, `synthetic` whether any
    of it is demonstration data and `only_synthetic` whether all of it is, `period` the newest complete
    quarter.
    `version` is the name of a release, or of exact figures if they are `internal`. A count is shown from
    `shown_from`; exact figures have 0.
    """

    version: str
    built_at: datetime
    as_of: date | None
    senders: int
    period: str
    behind: tuple[str, ...]
    synthetic: bool
    only_synthetic: bool = False
    shown_from: int = 10
    internal: bool = False
