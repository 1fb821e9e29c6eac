"""The figures of Fördermittel."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from data.disclosure.published import Published, is_number
from data.foundation import areas, land
from data.questions import events
from pages.charts import bars, signs, trend
from pages.charts.signs import Marks
from pages.figures import sentences
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.named.recipe import Choice, Recipe
from pages.text import setting
from pages.text.words import Words

STAGES = ("planned_eur", "applied_eur", "approved_eur", "paid_eur", "used_eur")
BESIDE = ("used_eur", "own_share_eur", "recovered_eur")
YEAR = ("area_code", "budget_year", "year_before")
SHARES = ("applied_share", "approved_share", "paid_share", "used_share")
RECIPIENTS = (
    "rank",
    "area_code",
    "planned_eur",
    "applied_eur",
    "approved_eur",
    "paid_eur",
    "drawdown",
    "used_eur",
    "remainder_eur",
    "recovered_eur",
    "own_share_eur",
)


def programme(_: Wanted) -> Choice:
    """The programmes that pay; without another choice the one that this program is about."""
    return Choice(land.own().money, land.own().main)


def received(wanted: Wanted) -> Choice:
    """Municipalities or Kreise: whoever received the money of that year."""
    return Choice((areas.GEMEINDE, areas.KREIS), wanted.of_full_year().chosen.recipient_level)


def has_posts(wanted: Wanted) -> bool:
    """Posts and people are reported of one programme; no other money is divided by them."""
    return wanted.chosen.programme == land.own().main


def over_time(wanted: Wanted) -> Marks:
    """What bears on money, and the year that is not over."""
    return Marks(events=events.of("money"), shades=(signs.running(wanted.edition.day, wanted.words),))


def _search(wanted: Wanted, column: str) -> list[Finest]:
    return wanted.of_full_year().search("funds/by_year", column, time="budget_year")


def _stages(wanted: Wanted) -> Iterator[Described]:
    """The stages of the place by year, and of those beside it: the comparison and the Land."""
    approved = _search(wanted, "approved_eur")
    columns = (*YEAR, *STAGES, "remainder_eur")
    for at in approved:
        stages = at.published.only(*columns, measures=("funds_by_stage", "remainder"))
        yield _of_one(wanted, at, stages)
    if wanted.alone:
        return
    seen = {each.chosen.area_code for each in approved}
    for code in dict.fromkeys(str(each) for each in stages.column("area_code")):
        if code not in seen:
            beside = Finest(stages, replace(wanted.of_full_year().chosen, area_code=code, compare=None))
            yield replace(_of_one(wanted, beside, stages.where(area_code=code)), apart=f"_{code}")


def _of_one(wanted: Wanted, at: Finest, stages: Published) -> Described:
    words, own = wanted.words, stages.where(**at.chosen.here)
    return Described(
        "funds_stages",
        sentences.against_year_before(
            stages,
            "approved_eur",
            words=words,
            key="funds.approved",
            time="budget_year",
            **at.chosen.this_year,
        ),
        at,
        stages,
        partial(bars.stages, own, words=words, x="budget_year", y=STAGES, beside=over_time(wanted)),
        note=words.t("funds.current_year"),
    )


def _arrived(wanted: Wanted) -> Iterator[Described]:
    words, at = wanted.words, _search(wanted, "used_share")[-1]
    shares = at.published.where(budget_year=at.chosen.budget_year).only(
        "area_code", "planned_eur", *SHARES, measures=("funds_by_stage",)
    )
    heading = sentences.plainly(
        at.published, "used_share", words=words, key="funds.arrived", **at.chosen.this_year
    )
    chart = partial(bars.stages, shares, words=words, x="area_code", y=SHARES)
    yield Described("funds_arrived", heading, at, shares, chart)


def _line(
    wanted: Wanted, *, column: str, further: tuple[str, ...], texts: str, note: str
) -> Iterator[Described]:
    words = wanted.words
    for at in _search(wanted, column):
        answer = at.published.only(*YEAR, column, *further)
        lines = partial(trend.lines, answer, words=words, x="budget_year", y=column, by="area_code")
        yield Described(
            texts.replace(".", "_"),
            sentences.plainly(answer, column, words=words, key=texts, **at.chosen.this_year),
            at,
            answer,
            partial(lines, beside=over_time(wanted)),
            note=words.t(note),
        )


def _own_share(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    for at in _search(wanted, "own_share_eur"):
        answer = at.published.only(*YEAR, *BESIDE, measures=("own_share", "funds_by_stage"))
        own = answer.where(**at.chosen.here)
        # It is booked when a year is over: until then the last one with a figure is told.
        booked = [int(str(row["budget_year"])) for row in own if is_number(row["own_share_eur"])]
        year = at.chosen.budget_year
        newest = max((each for each in booked if each <= (year or each)), default=year)
        told = {**at.chosen.here, "budget_year": newest}
        yield Described(
            "funds_own_share",
            sentences.plainly(own, "own_share_eur", words=words, key="funds.own_share", **told),
            at,
            answer,
            partial(bars.stages, own, words=words, x="budget_year", y=BESIDE, beside=over_time(wanted)),
            note=words.t("funds.current_year"),
        )


def _recipients(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    at = wanted.of_full_year().only("funds/recipients")
    chosen, found = at.chosen, at.published
    heading = sentences.largest(
        found,
        "approved_eur",
        words=words,
        key="funds.recipients",
        label="area_code",
        year=str(chosen.budget_year),
        under=setting.under(words, chosen),
        level=words.t(f"funds.level.{chosen.level}"),
    )
    per_post = ("eur_per_post",) if has_posts(wanted) else ()
    yield Described("funds_recipients", heading, at, found.only(*RECIPIENTS, *per_post))


def rank(wanted: Wanted) -> str:
    """The rank of the place among the recipients, as a sentence; empty where it is none of them."""
    at = wanted.of_full_year().only("funds/recipients")
    chosen, found = at.chosen, at.published
    if chosen.area_code not in found.column("area_code"):
        return ""
    tied = any(found.where(**chosen.this_year).column("tied"))
    key = "funds.shared_rank" if tied else "funds.rank"
    return sentences.plainly(found, "rank", words=wanted.words, key=key, **chosen.this_year)


def _kreise(wanted: Wanted) -> Iterator[Described]:
    at, words = wanted.of_full_year().only("funds/kreise"), wanted.words
    note = words.t("funds.current_year")
    yield Described("funds_kreise", words.t("funds.kreise.message"), at, at.published, note=note)


def _change(wanted: Wanted) -> Iterator[Described]:
    at, words = wanted.only("funds/change_2025"), wanted.words
    heading = sentences.least(at.published, "change_2025", words=words, key="funds.change", label="area_code")
    kreis = areas.within(wanted.chosen.area_code, areas.KREIS)
    yield Described(
        "funds_change",
        heading,
        at,
        at.published,
        partial(bars.ranked, at.published, words=words, x="area_code", y="change_2025", own=kreis),
        note=" ".join(filter(None, [_own_change(at, kreis, words), words.t("funds.change.explained")])),
    )


def _own_change(at: Finest, kreis: str | None, words: Words) -> str:
    """What the Kreis of the chosen place has of it; empty for larger areas, and without a number."""
    cell = at.published.cell("change_2025", area_code=kreis) if kreis else None
    if kreis is None or not is_number(cell):
        return ""
    where = setting.told(words, kreis, None)["at"]
    return words.t("funds.change.own", at=where, value=words.change(cell, 1))  # type: ignore[arg-type]


def _published(wanted: Wanted) -> Iterator[Described]:
    at = wanted.only("funds/published")
    yield Described("funds_published", wanted.words.t("funds.published.message"), at, at.published)


_PER_POST = partial(
    _line, column="eur_per_post", further=("eur_per_case",), texts="funds.per_post", note="funds.no_cause"
)
_DRAWDOWN = partial(
    _line,
    column="drawdown",
    further=("use_rate", "remainder_eur"),
    texts="funds.drawdown",
    note="funds.current_year",
)
PAID = {"programme": programme}
FIGURES = {
    "funds_stages": Recipe(_stages, PAID),
    "funds_arrived": Recipe(_arrived, PAID),
    "funds_drawdown": Recipe(_DRAWDOWN, PAID),
    "funds_per_post": Recipe(_PER_POST, PAID),
    "funds_own_share": Recipe(_own_share, PAID),
    "funds_recipients": Recipe(_recipients, PAID | {"level": received}),
    "funds_kreise": Recipe(_kreise, PAID),
    "funds_change": Recipe(_change),
    "funds_published": Recipe(_published),
}
