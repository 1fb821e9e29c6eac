"""What Steuerung reads beside the answers to questions: findings of deliveries, and what a preview changes.

Each asks `publish.inside` for the area, which raises InternalClosedError.
"""

import re
from dataclasses import dataclass, replace

from data import publish
from data.access.rights import PUBLIC, Reader, Right
from data.deliveries.format import findings
from data.deliveries.store import deliveries
from data.disclosure.published import Gap, Published
from data.foundation import areas
from data.foundation.errors import DashboardError
from data.foundation.languages import in_one
from data.questions.filters import Filters
from data.releases import preview
from data.releases.preview import ValueChange

PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Odd:
    """What one rule found in the last delivery of a sender, and how often."""

    sender_name: str
    rule: str
    number: int

    def title(self, lang: str) -> str:
        """What the rule says, with … for what it says of a single row."""
        said = findings.rules().get(self.rule)
        return PLACEHOLDER.sub("…", in_one(said.message, lang)) if said else self.rule


@dataclass(frozen=True)
class Changes:
    """What readers would see otherwise in one area if the preview that waits were published.

    `before` is the release before it, `period` the quarter of the values, `new_periods` those that only the
    new one has. `area` has each main measure of the area itself, `places` what changes in its municipalities.
    """

    before: str | None
    period: str
    new_periods: tuple[str, ...]
    area: tuple[ValueChange, ...]
    places: tuple[ValueChange, ...]


def odd(who: Reader, chosen: Filters) -> tuple[Odd, ...]:
    """What was found in the last deliveries of the offices of an area, the most frequent first."""
    named = {str(row["sender"]) for row in publish.ask("steering/deliveries", chosen, who)}
    where = publish.inside(who, Right.READ, chosen.area_code)
    newest = {one.sender: one for one in deliveries.all_deliveries(where) if one.state == "accepted"}
    found = [
        Odd(one.sender_name, rule, number)
        for one in newest.values()
        if one.sender in named
        for rule, number in (one.counts or {}).items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.number, each.sender_name, each.rule)))


def until(who: Reader, chosen: Filters) -> tuple[str | None, str | None]:
    """Until which month the Kreis of an area is complete for readers, and as delivered; None: not at all."""
    kreis = areas.within(chosen.area_code, areas.KREIS)
    if kreis is None:
        return None, None
    publish.inside(who, Right.READ, chosen.area_code)
    try:
        public = _until(publish.ask("publishing/completeness", Filters(), PUBLIC), kreis)
    except publish.NoFiguresError:
        public = None
    course = publish.ask("steering/course", chosen, who)
    return public, str(course.column("period")[-1]) if course else None


def changes(who: Reader, code: str) -> Changes | None:
    """What the preview that waits would change in an area; None where none waits that is up to date."""
    where = publish.inside(who, Right.READ, code)
    try:
        waiting = preview.waiting(where)
    except DashboardError:
        return None
    if waiting is None or not waiting.is_current:
        return None
    chosen = Filters(level=areas.level(code), period=waiting.period)
    after = preview.answer(where, "publishing/areas", chosen)
    before = (
        publish.ask("publishing/areas", replace(chosen, edition=waiting.before), PUBLIC)
        if waiting.before
        else None
    )
    inside = {code, *areas.inside(code, areas.GEMEINDE)}
    own = tuple(
        ValueChange(
            code,
            name,
            before.cell(name, area_code=code) if before else Gap.UNKNOWN,
            after.cell(name, area_code=code),
        )
        for name in preview.MEASURES
    )
    places = tuple(each for each in waiting.places if each.area_code in inside)
    return Changes(waiting.before, waiting.period, waiting.new_periods, own, places)


def _until(answer: Published, kreis: str) -> str | None:
    found = answer.cell("complete_until", area_code=kreis)
    return found if isinstance(found, str) else None
