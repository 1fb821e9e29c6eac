"""Cases that need something: how many, how that went, and which ones, by the pseudonym of the own program."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data.disclosure.published import Cell, Gap, Published, is_number
from data.foundation import areas
from pages.charts import trend
from pages.figures import show, tiles
from pages.figures.tiles import KeyFigure
from pages.internal.desk.scope import Desk
from pages.reading import filters
from pages.text import numbers
from pages.text.claims import Sentence
from pages.text.words import plain

KINDS = ("silent", "no_plan", "old_plan", "past_deadline", "near_36", "near_48", "over_48")
# Of months before nobody knows how old plans were: the export has their first and last writing alone.
WITHOUT_COURSE = frozenset({"old_plan"})
MOST_NAMED = 4  # offices in a line
MOST_LISTED = 5000  # cases in one list: the Land has its numbers, its lists are those of a Kreis


def message(desk: Desk) -> list[str]:
    """How many people on how many posts, and what presses most."""
    words, t = desk.words, desk.words.t
    now = desk.ask("attention")
    if not now:
        return [t("steering.message.nobody", area=desk.area)]
    (row,) = now
    place = desk.ask("places").where(area_code=desk.chosen.area_code)
    load, filled = (place.cell(name, **desk.chosen.here) for name in ("caseload", "filled_vzae"))
    people = words.cell(row["active_cases"], "active_cases", now.role("active_cases"))
    if is_number(load):
        first = t(
            "steering.message.load",
            area=desk.area,
            people=people,
            vzae=words.cell(filled, "filled_vzae", place.role("filled_vzae")),
            load=words.cell(load, "caseload", place.role("caseload")),
        )
    else:
        first = t("steering.message.people", area=desk.area, people=people)
    pressing = [
        t(f"steering.message.{kind}", number=words.number(row[kind]))  # type: ignore[arg-type]
        for kind in ("silent", "past_deadline", "no_plan")
        if is_number(row[kind]) and row[kind] and not row[f"{kind}_without"]
    ]
    return [first + (" " + t("steering.message.pressing", what=words.listed(pressing)) if pressing else "")]


def draw(desk: Desk) -> None:
    """A tile for each kind; of the chosen one its course and its cases."""
    now, course = desk.ask("attention"), desk.ask("course")
    if not now:
        st.info(desk.words.t("steering.message.nobody", area=desk.area))
        return
    drawn = [tiles.one(_tile(desk, now, course, kind), key=f"steering_{kind}") for kind in KINDS]
    tiles.draw(drawn, beside=4)
    _draw_lacking(desk, now)
    kind = filters.choose("kind", KINDS, KINDS[0], lambda each: desk.words.label(each))
    if kind not in WITHOUT_COURSE:
        _draw_course(desk, course, kind)
    _draw_list(desk, now, kind)


def _draw_lacking(desk: Desk, now: Published) -> None:
    """Which offices do not deliver what some of the tiles count, where others do."""
    (row,) = now
    told = []
    for kind in KINDS:
        senders = str(row.get(f"{kind}_without") or "").split(", ")
        if senders != [""] and is_number(row[kind]):
            key = "without" if len(senders) <= MOST_NAMED else "without_many"
            told.append(
                desk.words.t(
                    f"steering.{key}",
                    what=desk.words.label(kind),
                    senders=plain(", ".join(senders)),
                    number=desk.words.number(len(senders)),
                )
            )
    if told:
        st.caption("  \n".join(told))


def _tile(desk: Desk, now: Published, course: Published, kind: str) -> KeyFigure:
    words = desk.words
    (row,) = now
    known = kind not in WITHOUT_COURSE
    cells = course.numbers(kind) if known else []
    change, way = _change(desk, row[kind], course, kind) if known else (None, "")
    return KeyFigure(
        label=_begun(words.label(kind)),
        value=words.cell(row[kind], kind, now.role(kind)),
        change=change,
        instead=words.t("steering.no_course" if not known else "show.tile.no_change"),
        way=way,
        lead="",
        share="" if row.get(f"{kind}_without") else _share(desk, row[kind], row["active_cases"]),
        numbers=tuple(cells),
        course=_course_said(desk, course, kind) if known else "",
        definition=None,
        band=None,
    )


def _begun(label: str) -> str:
    """With a capital, as a tile begins."""
    return label[:1].upper() + label[1:]


def _share(desk: Desk, part: Cell, whole: Cell) -> str:
    if not is_number(part) or not is_number(whole) or not whole:
        return ""
    share = desk.words.percent(float(part) / float(whole), 0)  # type: ignore[arg-type]
    return desk.words.t("steering.share", share=share)


def _change(desk: Desk, now: Cell, course: Published, kind: str) -> tuple[Sentence | None, str]:
    """Against twelve months before the newest month."""
    months = course.column("period")
    before = course.cell(kind, period=months[-13]) if len(months) > 12 else Gap.UNKNOWN
    if not is_number(now) or not is_number(before):
        return None, ""
    more = int(now) - int(before)  # type: ignore[arg-type]
    way = "more" if more > 0 else "less" if more < 0 else "same"
    return Sentence(numbers.signed(more, desk.words.number(abs(more)))), way


def _course_said(desk: Desk, course: Published, kind: str) -> str:
    shown = [row for row in course if is_number(row[kind])]
    if not shown:
        return ""
    words = desk.words
    return words.t(
        "show.tile.trend",
        name=words.label(kind),
        first=words.number(shown[0][kind]),  # type: ignore[arg-type]
        first_at=words.period(str(shown[0]["period"])),
        last=words.number(shown[-1][kind]),  # type: ignore[arg-type]
        last_at=words.period(str(shown[-1]["period"])),
    )


def _draw_course(desk: Desk, course: Published, kind: str) -> None:
    words, only = desk.words, course.only("area_code", "period", kind)
    heading = words.t("steering.course", what=words.label(kind), area=desk.area)
    each = desk.described(f"course_{kind}", heading, only, note=words.t(f"steering.explained.{kind}"))
    show.figure(replace(each, draw=partial(trend.lines, only, words=words, y=kind)))


def _draw_list(desk: Desk, now: Published, kind: str) -> None:
    words = desk.words
    (row,) = now
    number = row[kind]
    if not is_number(number):
        st.info(words.t("steering.list.unknown", what=words.label(kind)))
        return
    if int(number) > MOST_LISTED or areas.level(desk.chosen.area_code) == areas.LEVELS[0]:  # type: ignore[arg-type]
        st.info(words.t("steering.list.too_many"))
        return
    found = desk.ask("cases", kind=kind)
    # One office needs no column that says so, and a phone has no room for it.
    if len(set(found.column("sender"))) == 1:
        found = found.only(*(name for name in found.names if name != "sender"))
    heading = words.t("steering.list.heading", what=words.label(kind), number=words.number(len(found)))
    each = desk.described(f"cases_{kind}", heading, found, note=words.t(f"steering.list.{kind}"))
    show.table(each)
