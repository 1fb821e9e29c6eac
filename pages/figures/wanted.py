"""What a figure is wanted for: choices, language, and who asks. It knows no session."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from data import publish
from data.access.rights import PUBLIC, Reader
from data.disclosure.published import Edition, Published
from data.foundation import areas, periods
from data.questions.filters import Filters
from pages.figures import finest
from pages.figures.finest import Finest
from pages.text.words import Words


@dataclass(frozen=True)
class Wanted:
    """All that a figure follows from. `chosen` names the edition, so it is always the same figure.

    `column`: where a figure is of one of several columns, which. `alone`: the chosen area itself, whatever it
    shows; else a larger one stands in where it shows nothing, as on a page.
    """

    chosen: Filters
    words: Words
    audience: Reader = PUBLIC
    column: str = ""
    alone: bool = False

    @property
    def edition(self) -> Edition:
        """The figures of which all this is."""
        return publish.edition(self.audience, self.chosen.edition)

    def ask(self, query: str, chosen: Filters | None = None) -> Published:
        """The answer to a question, for other choices if they are given. Raises what `publish.ask` raises."""
        return publish.ask(query, chosen or self.chosen, self.audience)

    def search(
        self,
        query: str,
        column: str,
        *,
        time: str | None = "period",
        levels: Collection[str] = areas.LEVELS,
        always: bool = False,
        **where: str,
    ) -> list[Finest]:
        """What `finest.search` finds, for these choices."""
        asking = finest.of(query, self.audience)
        if self.alone:
            return [finest.own(asking, self.chosen, levels)]
        found = finest.search
        return found(asking, self.chosen, column, time=time, levels=levels, always=always, **where)

    def of(self, chosen: Filters) -> "Wanted":
        """The same for other choices."""
        return replace(self, chosen=chosen)

    def only(self, query: str, chosen: Filters | None = None) -> Finest:
        """The answer for these choices and no other area."""
        return Finest(self.ask(query, chosen), chosen or self.chosen)

    def of_full_year(self) -> "Wanted":
        """The same for money: of the last full year on the day of the figures."""
        return self.of(self.chosen.of_full_year(self.edition.day))

    def by_quarter(self) -> "Wanted":
        """The same for figures that no month has: the quarter of a month, the newest if that is not out."""
        period = self.chosen.period
        if not period or periods.grain(period) != "month":
            return self
        found = periods.read(period)
        quarter = str((found and found.within("quarter")) or period)
        known = self.ask("frame/periods", Filters(edition=self.chosen.edition)).column("period")
        return self.of(replace(self.chosen, period=quarter if quarter in known else self.edition.period))

    def mapped(self, level: str) -> "Wanted":
        """The same for every area of a level: the quarter of a month where months are too fine."""
        fine = areas.by_month(level) or not self.audience.reads_releases
        return (self if fine else self.by_quarter()).of_level(level)

    def of_level(self, level: str) -> "Wanted":
        """The same for areas of this level."""
        return self.of(replace(self.chosen, level=level))
