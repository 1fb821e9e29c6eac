"""A figure as it is taken away: its answer, what stands over it, the choices it is of, and its name."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from data.disclosure.published import Edition, Published
from data.questions.filters import Filters
from pages.text.words import Words

# In the official language whatever that of the page: an office must recognise such a file by its name.
INTERNAL = "-nicht-zur-veroeffentlichung"
SYNTHETIC = "-demonstrationsdaten"


@dataclass(frozen=True)
class Figure:
    """Everything that its files are made of. `notes` are sentences that stand beside it on the page.

    `key` is its name in the list of figures. `place` is the name of a grouping, where it is of one; `column`
    the one that a reader chose, where it can be of several; `code` its cite code, if it has one; `places` are
    the names of several side by side.
    """

    published: Published
    heading: str
    words: Words
    key: str
    chosen: Filters
    notes: tuple[str, ...] = ()
    place: str = ""
    column: str = ""
    code: str = ""
    places: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its files, without an ending: figure, area, period, version, and what marks it."""
        return name(self.published.edition, self.key, self.chosen)

    @property
    def made(self) -> datetime:
        """When its figures were made, to the second; a time without a zone is UTC."""
        made = self.published.edition.built_at
        return (made if made.tzinfo else made.replace(tzinfo=UTC, microsecond=0)).astimezone(UTC)


def name(edition: Edition, key: str, chosen: Filters) -> str:
    """The name of whatever is taken away of a figure, without an ending; made-up and exact figures say so."""
    figure = re.sub("[^a-z0-9]+", "-", key.lower())
    marks = (SYNTHETIC if edition.synthetic else "") + (INTERNAL if edition.internal else "")
    return f"{figure}-{chosen.grouping or chosen.area_code}-{chosen.period}-{edition.version}{marks}"


def marks(edition: Edition, words: Words) -> list[str]:
    """What every copy of these figures has to say of itself, in a few words each."""
    named = {"internal": edition.internal, "synthetic": edition.synthetic}
    return [words.t(f"files.mark.{mark}") for mark, stands in named.items() if stands]
