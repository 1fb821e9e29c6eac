"""Fördermittel: what was planned, approved, paid and used, who got it, and what changed in 2025."""

import streamlit as st

from data.disclosure.published import Published, is_number
from data.foundation import areas
from data.publish import ask
from data.questions import events
from data.questions.filters import Filters
from pages.charts import bars, signs, trend
from pages.charts.signs import Marks
from pages.figures import finest, sentences, show
from pages.figures.finest import Finest
from pages.reading import filters, language, notes, reader, tabs
from pages.text import setting

STAGES = ("planned_eur", "applied_eur", "approved_eur", "paid_eur", "used_eur")
BESIDE = ("used_eur", "own_share_eur", "recovered_eur")
YEAR = ("area_code", "budget_year", "year_before")
SHARES = ("applied_share", "approved_share", "paid_share", "used_share")
PROGRAMMES = ("PIK Integrationsmanagement", "Soforthilfe Ukraine", "Digitale Unterstützung", "alle")
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

words = language.words()
over_time = Marks(events=events.of("money"), shades=(signs.running(reader.day(), words),))


def _chosen(**own: str) -> Filters:
    """The choices of this page; the headline is never of a year that is still running."""
    programme = filters.choose("programme", PROGRAMMES, PROGRAMMES[0])
    return filters.of_full_year(filters.chosen(programme=programme, **own))


def _by_year(chosen: Filters, *columns: str) -> list[list[Finest]]:
    return [finest.answer("funds/by_year", chosen, column, time="budget_year") for column in columns]


def _stages(stages: Published, key: str, chosen: Filters, at: Finest | None = None) -> None:
    """The stages of one area by budget year."""
    show.figure(
        bars.stages(stages.where(**chosen.here), words=words, x="budget_year", y=STAGES, beside=over_time),
        published=stages,
        heading=sentences.against_year_before(
            stages, "approved_eur", words=words, key="funds.approved", time="budget_year", **chosen.this_year
        ),
        key=key,
        note=words.t("funds.current_year"),
        at=at,
    )


def years() -> None:
    """Planned, applied for, approved, paid and used, year by year; the comparison and the Land beside it."""
    chosen = _chosen()
    (approved,) = _by_year(chosen, "approved_eur")
    columns = (*YEAR, *STAGES, "remainder_eur")
    measures = ("funds_by_stage", "remainder")
    with show.pairs():
        for at in approved:
            stages = at.published.only(*columns, measures=measures)
            _stages(stages, "funds_stages", at.chosen, at)
        seen = {each.chosen.area_code for each in approved}
        for code in dict.fromkeys(str(each) for each in stages.column("area_code")):
            if code not in seen:
                other = filters.of_area(chosen, code)
                _stages(stages.where(area_code=code), f"funds_stages_{code}", other)
    notes.funds_with_kreis(chosen)


def use() -> None:
    """What arrived of what was planned, what was drawn down, and what is left."""
    chosen = _chosen()
    arrived, drawn = _by_year(chosen, "used_share", "drawdown")
    with show.pairs():
        at = arrived[-1]
        shares = at.published.where(budget_year=chosen.budget_year).only(
            "area_code", "planned_eur", *SHARES, measures=("funds_by_stage",)
        )
        show.figure(
            bars.stages(shares, words=words, x="area_code", y=SHARES),
            published=shares,
            heading=sentences.plainly(
                at.published, "used_share", words=words, key="funds.arrived", **at.chosen.this_year
            ),
            key="funds_arrived",
            at=at,
        )
        for at in drawn:
            _line(at, "drawdown", ("use_rate", "remainder_eur"), "funds.drawdown", "funds.current_year")
    notes.funds_with_kreis(chosen)


def costs() -> None:
    """What a post cost, and what was added and recovered."""
    chosen = _chosen()
    cost, contributed = _by_year(chosen, "eur_per_post", "own_share_eur")
    with show.pairs():
        # Posts and people are those of the Integrationsmanagement; no other money is divided by them.
        if chosen.programme == PROGRAMMES[0]:
            for at in cost:
                _line(at, "eur_per_post", ("eur_per_case",), "funds.per_post", "funds.no_cause")
        else:
            st.info(words.t("funds.per_post.other"))
        for at in contributed:
            _own_share(at)
    notes.funds_with_kreis(chosen)


def _line(at: Finest, column: str, further: tuple[str, ...], texts: str, note: str) -> None:
    answer = at.published.only(*YEAR, column, *further)
    show.figure(
        trend.lines(answer, words=words, x="budget_year", y=column, by="area_code", beside=over_time),
        published=answer,
        heading=sentences.plainly(answer, column, words=words, key=texts, **at.chosen.this_year),
        key=texts.replace(".", "_"),
        note=words.t(note),
        at=at,
    )


def _own_share(at: Finest) -> None:
    answer = at.published.only(*YEAR, *BESIDE, measures=("own_share", "funds_by_stage"))
    own = answer.where(**at.chosen.here)
    # It is booked when a year is over: until then the last one with a figure is told.
    booked = [int(str(row["budget_year"])) for row in own if is_number(row["own_share_eur"])]
    year = at.chosen.budget_year
    newest = max((each for each in booked if each <= (year or each)), default=year)
    show.figure(
        bars.stages(own, words=words, x="budget_year", y=BESIDE, beside=over_time),
        published=answer,
        heading=sentences.plainly(
            own, "own_share_eur", words=words, key="funds.own_share", **at.chosen.here, budget_year=newest
        ),
        key="funds_own_share",
        note=words.t("funds.current_year"),
        at=at,
    )


def recipients() -> None:
    """Who received how much, with rank, and what became of it."""
    default = filters.of_full_year(filters.chosen()).recipient_level
    left, right = st.columns(2)
    with right:
        level = filters.choose("level", (areas.GEMEINDE, areas.KREIS), default)
    with left:
        chosen = _chosen(level=level)
    found = ask("funds/recipients", chosen, reader.audience())
    if chosen.area_code in found.column("area_code"):
        tied = any(found.where(**chosen.this_year).column("tied"))
        key = "funds.shared_rank" if tied else "funds.rank"
        st.markdown(sentences.plainly(found, "rank", words=words, key=key, **chosen.this_year))
    per_post = ("eur_per_post",) if chosen.programme == PROGRAMMES[0] else ()
    show.table(
        found.only(*RECIPIENTS, *per_post),
        heading=sentences.largest(
            found,
            "approved_eur",
            words=words,
            key="funds.recipients",
            label="area_code",
            year=str(chosen.budget_year),
            under=setting.under(words, chosen),
            level=words.t(f"funds.level.{level}"),
        ),
        key="funds_recipients",
    )


def kreise() -> None:
    """Every Kreis with its municipalities, year by year."""
    show.table(
        ask("funds/kreise", _chosen(), reader.audience()),
        heading=words.t("funds.kreise.message"),
        key="funds_kreise",
        note=words.t("funds.current_year"),
    )


def change() -> None:
    """What the rule of 2025 changed, Kreis by Kreis."""
    found = ask("funds/change_2025", filters.chosen(), reader.audience())
    show.figure(
        bars.ranked(found, words=words, x="area_code", y="change_2025"),
        published=found,
        heading=sentences.least(found, "change_2025", words=words, key="funds.change", label="area_code"),
        key="funds_change",
        note=words.t("funds.change.explained"),
    )


def sources() -> None:
    """Amounts that are published, each with its source."""
    show.table(
        ask("funds/published", filters.chosen(), reader.audience()),
        heading=words.t("funds.published.message"),
        key="funds_published",
    )


tabs.show(
    "funds",
    {
        "jahre": years,
        "verwendung": use,
        "kosten": costs,
        "empfaenger": recipients,
        "kreise": kreise,
        "veraenderung": change,
        "quellen": sources,
    },
)
