"""What stands on the sheets of one place: texts, tables and charts, as plain values of JSON.

All of it follows from (choices, language); the release is one of the choices. Every figure is one that a page
shows, and comes through `data.publish.ask` for the public.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from data.disclosure.published import Published, Role
from data.foundation import areas
from data.questions import measures
from data.questions.filters import Filters
from pages.charts import theme
from pages.figures import breakdowns, described, finest, sentences, tables, tiles
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.files import description
from pages.files import figure as figures
from pages.named import every, goals, municipality
from pages.paper import edition
from pages.text.words import Words

# In pixels: so wide is a chart drawn that its letters are as large on paper as the small print.
WIDTH = 430
# The figures that stand as charts on the sheets.
DRAWN = (
    "municipality_active",
    "municipality_funds",
    "municipality_age_group",
    "municipality_residence_status",
)
SHARE = 0.6  # of its height on a screen is a chart on paper
YEARS = ("budget_year", "approved_eur", "paid_eur", "used_eur", "remainder_eur")

Values = dict[str, Any]


def of(chosen: Filters, words: Words) -> Values:
    """The sheets of the chosen place. Raises what `data.publish.ask` raises."""
    wanted = Wanted(chosen, words)
    at_a_glance = municipality.key_figures(wanted)
    found = {name: every.of(name, wanted) for name in (*DRAWN, "municipality_compared")}
    # Eleven symbols on paper tell a council nothing: where no part is shown, a larger area stands in.
    of_goals = list(goals.stands(wanted, "attained"))
    drawn = [*(each for name in DRAWN for each in found[name]), *of_goals]
    (compared,) = found["municipality_compared"]
    about = compared.published.edition
    title = words.t("paper.title", place=words.area(chosen.area_code), period=_period(chosen, words))
    source = edition.lines(compared.published, title, chosen, words)
    money = municipality.money(wanted)[-1]
    years = _years(money)
    shown = [compared.published, *(each.published for each in drawn)]
    stepped = (*(found[name] for name in DRAWN[2:]), of_goals)
    further = [[each.at for each in figure] for figure in stepped]
    instead = finest.explanation([*at_a_glance.values(), *further], words)
    return {
        "lang": words.lang,
        "title": title,
        "programme": words.heading,
        "place": words.area(chosen.area_code),
        "period": _period(chosen, words),
        "within": _within(chosen, words),
        "marks": figures.marks(about, words),
        "page": words.t("paper.page", number="{number}", total="{total}"),
        "release": words.t("paper.release", version=about.version),
        "keywords": [about.version, chosen.area_code],
        "colours": {
            "main": theme.MAIN,
            "quiet": theme.QUIET_TEXT,
            "text": theme.TEXT,
            "line": theme.AXIS,
            "ground": theme.WITHHELD_GROUND,
            "mark": theme.CHOSEN,
        },
        "message": municipality.message(municipality.people_now(wanted), words),
        "glance": {"heading": words.t("paper.glance"), "tiles": _tiles(at_a_glance, words)},
        "compared": _compared(compared, words),
        "drawn": {"heading": words.t("paper.drawn"), "figures": [_figure(each, words) for each in drawn]},
        "years": _table(years, money, words) if years else None,
        "missing": {
            "heading": words.t("paper.missing"),
            "lines": _missing(chosen, shown, instead, words),
        },
        "meant": {"heading": words.t("paper.meant"), "items": _meant(shown, at_a_glance, words)},
        "source": {
            "heading": words.t("paper.source"),
            "lines": source,
            "licence": description.LICENCE,
        },
    }


def _period(chosen: Filters, words: Words) -> str:
    return words.period(str(chosen.period))


def _within(chosen: Filters, words: Words) -> str:
    """What the place lies in; empty for the Land."""
    above = [words.area(code) for code in sentences.above(chosen.area_code) if code != chosen.area_code]
    return words.t("municipality.beside", places=" · ".join(above)) if above else ""


def _tiles(key_figures: dict[str, list[Finest]], words: Words) -> list[Values]:
    found = []
    for key, levels in key_figures.items():
        # The last is the finest level that has a number now.
        tile = municipality.key_figure(key, levels[-1], words)
        course = words.t("paper.course", course=tile.course)
        change = f"{tile.change} {words.t('show.tile.since')}" if tile.change else tile.instead
        found.append(
            {
                "label": tile.label,
                "value": tile.value,
                "change": change,
                "notes": [note for note in (tile.lead, tile.share) if note],
                "svg": tiles.band(tile.band) if tile.band else tiles.line(tile.numbers),
                "alt": f"{tile.label}: {words.share(tile.band)}" if tile.band else course,
            }
        )
    return found


def _compared(compared: Described, words: Words) -> Values:
    headings, rows = breakdowns.lines(compared.published, "area_code", words)
    return {"heading": compared.heading, "headings": headings, "rows": rows, "note": compared.note}


def _figure(each: Described, words: Words) -> Values:
    about = {
        "heading": each.heading,
        "lead": each.at.why(words),
        "notes": [note for note in (each.note, described.provisional(each.published, words)) if note],
        "svg": "",
    }
    if why := described.instead(each, words):
        return about | {"notes": [why]}
    return about | {
        "chart": each.chart.to_dict(),
        "width": WIDTH,
        "share": SHARE,
        "alt": described.spoken(each.published, each.heading, words),
    }


def _years(money: Finest) -> Published | None:
    """Money by budget year; None where none is shown."""
    found = money.published.where(**money.chosen.here).only(*YEARS)
    return None if found.is_all_withheld else found


def _table(years: Published, money: Finest, words: Words) -> Values:
    rows = [[tables.cell(row, name, years.role(name), words) for name in YEARS] for row in years]
    return {
        "heading": words.t("paper.years", area=words.area(money.chosen.area_code)),
        "headings": tables.headings(YEARS, words),
        "rows": rows,
        "notes": [note for note in (money.why(words), words.t("municipality.funds_note")) if note],
    }


def _missing(chosen: Filters, shown: Sequence[Published], instead: str, words: Words) -> list[str]:
    kreis = areas.within(chosen.area_code, areas.KREIS) or areas.LAND
    lines = [instead] if instead else []
    if chosen.kreis_holds_funds:
        named = {"place": words.area(chosen.area_code), "kreis": words.area(kreis)}
        lines.append(words.t("notes.funds_with_kreis", **named))
    lines += dict.fromkeys(line for each in shown for line in described.symbols(each, words))
    return [*lines, words.t("files.deviates")]


def _meant(
    shown: Iterable[Published], key_figures: dict[str, list[Finest]], words: Words
) -> list[tuple[str, str]]:
    """Name and definition of every measure on the sheets, in the order of the register."""
    names = {column.name for each in shown for column in each.columns if column.role is not Role.DIMENSION}
    names |= {name for each in shown for name in each.measures} & {"funds_by_stage", "remainder"}
    names |= {municipality.KEY_FIGURES[key] for key in key_figures if key in municipality.KEY_FIGURES}
    return [
        (measure.text("name", words.lang), measure.text("definition", words.lang))
        for measure in measures.register().values()
        if measure.id in names
    ]
