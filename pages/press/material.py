"""Figures, sentences and news of a place for whoever writes about it: the same for the same choices."""

from dataclasses import dataclass

from data import publish
from data.disclosure.published import Gap, is_number
from data.releases.notices import Notice, Revision
from pages.figures import history, sentences
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.files import description
from pages.named import every
from pages.text import setting
from pages.text.numbers import Number
from pages.text.words import Words

# The charts that are asked for most, and what else there are sentences of where one of these shows nothing.
CHARTS = (
    "caseload_active",
    "caseload_posts",
    "funds_stages",
    "goals_plan_rate",
    "goals_cohort",
    "counselling_independent",
)
FURTHER = (
    "caseload_flows",
    "caseload_per_post",
    "caseload_age_group",
    "caseload_origin",
    "goals_outcomes",
    "counselling_consultations",
    "counselling_reason",
    "caseload_residence_status",
    "goals_overdue",
    "funds_drawdown",
    "caseload_long",
    "counselling_topic",
)
SENTENCES = 10
# Of what a change is news: the figure and its column, each against the year before.
NEWS = (
    ("caseload_active", "active_cases"),
    ("caseload_flows", "opened"),
    ("caseload_flows", "closed"),
    ("caseload_posts", "approved_vzae"),
    ("caseload_posts", "filled_vzae"),
    ("caseload_per_post", "caseload"),
    ("goals_plan_rate", "plan_rate"),
    ("goals_outcomes", "language_b1"),
    ("goals_outcomes", "in_work"),
    ("goals_outcomes", "own_housing"),
    ("counselling_consultations", "consultations"),
    ("counselling_independent", "independent_exits"),
)
CHANGES, CORRECTIONS = 5, 10  # so many are told at most


@dataclass(frozen=True)
class Quote:
    """A sentence that can stand alone, with its source in a line."""

    text: str
    citation: str
    code: str

    @property
    def whole(self) -> str:
        """Both, a line each."""
        return f"{self.text}\n{self.citation}"


def figure(name: str, of: Wanted) -> Described:
    """A figure of the place; of a larger one where the place shows nothing, which its sentence says."""
    recipe = every.recipe(name)
    chosen = every.choose(of, {choice: each(of).default for choice, each in recipe.choices.items()})
    found = every.of(name, chosen)
    shown = [each for each in found if not each.published.is_all_withheld]
    return next((each for each in found if _says(each)), (shown or found)[0])


def charts(of: Wanted) -> list[Described]:
    """The six charts that are asked for most."""
    return [figure(name, of) for name in CHARTS]


def quotes(of: Wanted) -> list[Quote]:
    """Up to ten sentences of figures that show something, each once."""
    found: dict[str, Quote] = {}
    for name in (*CHARTS, *FURTHER):
        each = figure(name, of)
        if len(found) < SENTENCES and not each.published.is_all_withheld and _says(each):
            # Whoever takes it over has a whole sentence.
            found.setdefault(each.heading, _quote(f"{each.heading}.", each, of.words))
    return list(found.values())


def changes(of: Wanted) -> list[Quote]:
    """The largest changes against the year before that are sure, whatever the deviations; or none."""
    found: list[tuple[float, Quote]] = []
    for name, column in NEWS:
        each = figure(name, of)
        answer, now = each.published, each.chosen.now
        if not {"year_before", column} <= set(answer.names) or not answer.where(**now):
            continue
        told, _ = sentences.year_before(answer, column, words=of.words, **now)
        if told.way in ("more", "less"):
            value = answer.cell(column, **now)
            before = answer.cell(column, **{**now, "period": answer.cell("year_before", **now)})
            text = _changed(each, column, told, of.words)
            found.append((_size(value, before), _quote(text, each, of.words)))
    found.sort(key=lambda each: -each[0])
    return [quote for _, quote in found[:CHANGES]]


def corrections(of: Wanted) -> list[str]:
    """What this release says otherwise than the one before, of the place: published, and corrected."""
    notice = _notice(of)
    if notice is None or notice.starts_series:
        return []
    own = [each for each in notice.revisions if dict(each.cell).get("area_code") == of.chosen.area_code]
    return [_corrected(each, of.words) for each in own[:CORRECTIONS]]


def _notice(of: Wanted) -> Notice | None:
    version = of.edition.version
    return next((each for each in publish.releases() if each.name == version), None)


def _says(each: Described) -> bool:
    """Whether its message has a number or a rank to quote."""
    claims = getattr(each.heading, "claims", ())
    return any(is_number(cell.value) for claim in claims for cell in claim.cells)


def _quote(text: str, each: Described, words: Words) -> Quote:
    return Quote(text, description.sourced(each.taken(words)), each.code)


def _changed(each: Described, column: str, told: sentences.Change, words: Words) -> str:
    answer, now = each.published, each.chosen.now
    before = str(answer.cell("year_before", **now))
    role = answer.role(column)
    when = words.during if column in setting.FLOWS else words.at_end
    where = setting.told(words, each.chosen.area_code, each.chosen.period)
    return words.t(
        "press.changed",
        label=words.label(column),
        place=where["place"],
        at=where["at"],
        value=words.cell(answer.cell(column, **now), column, role),
        period=when(str(each.chosen.period)),
        before=words.cell(answer.cell(column, **{**now, "period": before}), column, role),
        period_before=when(before),
        change=told.signed,
    )


def _size(value: object, before: object) -> float:
    """How large a change is, as a share of what was before."""
    return abs(float(value) / float(before) - 1) if is_number(value) and is_number(before) and before else 0.0  # type: ignore[arg-type]


def _corrected(revision: Revision, words: Words) -> str:
    named = [
        words.place_or_category(str(value), name)
        for name, value in revision.cell
        if value is not None and name != "breakdown"
    ]
    return words.t(
        "press.corrected",
        what=", ".join([*named, words.label(revision.count)]),
        before=_released(revision.before, revision.count, words),
        after=_released(revision.after, revision.count, words),
    )


def _released(value: str | Number | None, name: str, words: Words) -> str:
    """A released number, as lists of changes have it, and words in place of their symbols."""
    said = {Gap.UNKNOWN.value: "press.unknown", Gap.WITHHELD.value: "press.withheld"}
    text = history.written(value, name, words)
    return words.t(said[text]) if text in said else text
