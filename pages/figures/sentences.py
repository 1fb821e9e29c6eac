"""Messages worked out from the figures: what stands over a chart, as a sentence that can be quoted.

Every function picks one of several texts below `key`, so that a withheld or unknown figure has a
sentence of its own: more, less, same, only (no year before), withheld, unknown. Where the figure is 1 and
counts somebody, the text is the one of that name with _one behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, Role, is_number
from data.foundation import areas
from pages.text.words import Words

# Smaller changes than these are told as "as many as".
SAME_SHARE = 0.005
SAME_POINTS = 0.0005
# A total and missing values are no group that could be the largest.
NO_GROUP = ("gesamt", "Ohne Angabe")


@dataclass(frozen=True)
class _Subject:
    """What a sentence is about: the figures, the column `name`, the texts below `key`, the row `where`."""

    published: Published
    name: str
    words: Words
    key: str
    where: Mapping[str, Cell] = field(default_factory=dict)


def against_year_before(
    published: Published, name: str, *, words: Words, key: str, time: str = "period", **where: Cell
) -> str:
    """A figure now and its change against the year before, which the column `year_before` names."""
    earlier = published.cell("year_before", **where)
    before = published.cell(name, **{**where, time: earlier})
    if not complete(published, **where):
        # A sum without a Kreis against a sum with it would be a change that never was.
        before = Gap.UNKNOWN
    about, now = _Subject(published, name, words, key, where), published.cell(name, **where)
    return _plain(about, now) if isinstance(now, Gap) else _changed(about, now, before)


def complete(published: Published, **where: Cell) -> bool:
    """Whether everything is known that is ever delivered for the area and period of a row."""
    if "is_complete" not in published.names:
        return True
    return published.cell("is_complete", **where) is not False


def plainly(published: Published, name: str, *, words: Words, key: str, **where: Cell) -> str:
    """A figure by itself: `key`.said, .withheld or .unknown."""
    return _plain(_Subject(published, name, words, key, where), published.cell(name, **where))


def largest(
    published: Published,
    name: str,
    *,
    words: Words,
    key: str,
    label: str,
    complete_only: bool = False,
    **values: str,
) -> str:
    """The row with the largest shown value: `key`.said with {label} and {value}.

    A withheld one might be larger, not only smaller (nearly all may be of one group), so the sentence says
    that it is about shown values.

    `complete_only`: only if every row has a value, else `key`.partly; a missing one might be larger.
    """
    groups = [row[name] for row in published if row[label] not in NO_GROUP]
    numbers = sum(is_number(cell) for cell in groups)
    if complete_only and 0 < numbers < len(groups):
        return words.t(f"{key}.partly", **values)
    return _extreme(_Subject(published, name, words, key), label, values)


def least(published: Published, name: str, *, words: Words, key: str, label: str, **values: str) -> str:
    """The row with the least shown value, as `largest` tells it."""
    return _extreme(_Subject(published, name, words, key), label, values, least=True)


def since(published: Published, name: str, *, words: Words, key: str, time: str = "period") -> str:
    """From the first shown value to the last: `key`.more, .less or .same with {first} and {value}."""
    shown = [row for row in published if is_number(row[name])]
    if len(shown) < 2:
        return words.t(f"{key}.withheld" if published.withheld else f"{key}.unknown")
    first, last = shown[0], shown[-1]
    way = direction(published, name, last[name], first[name], words=words)
    role = published.role(name)
    return words.t(
        f"{key}.{way if way != 'only' else 'same'}",
        first=words.cell(first[name], name, role),
        value=words.cell(last[name], name, role),
        from_time=words.place_or_category(str(first[time]), time),
        to_time=words.place_or_category(str(last[time]), time),
    )


def move(published: Published, name: str, *, words: Words, key: str, source: str, target: str) -> str:
    """The most frequent change from one value to another: `key`.said with {source}, {target}, {value}."""
    moved = [row for row in published if row[source] != row[target] and is_number(row[name])]
    if not moved:
        return words.t(f"{key}.withheld" if published.withheld else f"{key}.unknown")
    top = max(moved, key=lambda row: float(row[name]))  # type: ignore[arg-type]
    value = words.cell(top[name], name, published.role(name))
    said = words.t(
        _one(words, f"{key}.said", value),
        source=words.place_or_category(str(top[source]), source),
        target=words.place_or_category(str(top[target]), target),
        value=value,
    )
    others = [row[name] for row in published if row[source] != row[target]]
    return f"{said} {words.t('show.of_shown')}" if Gap.WITHHELD in others else said


def change(published: Published, name: str, now: Cell, before: Cell, *, words: Words) -> str:
    """The change between two cells with its sign, in points for a rate; empty if there is none to tell."""
    if not is_number(now) or not is_number(before) or steady(published, name, now, before):
        return ""
    if words.unit(name, published.role(name)) == "percent":
        return words.points(float(now) - float(before))  # type: ignore[arg-type]
    return words.change(float(now) / float(before) - 1) if before else ""  # type: ignore[arg-type]


def steady(published: Published, name: str, now: Cell, before: Cell) -> bool:
    """Whether two released counts differ by no more than the protection may have made them differ.

    The measure is half of the smallest count that is shown; exact figures have no deviation.
    """
    if published.role(name) is not Role.COUNT or not is_number(now) or not is_number(before):
        return False
    return abs(float(now) - float(before)) * 2 <= published.edition.shown_from  # type: ignore[arg-type]


def direction(published: Published, name: str, now: Cell, before: Cell, *, words: Words) -> str:
    """`more`, `less`, `same`, or `only` where there is nothing to compare with."""
    if not is_number(now) or not is_number(before) or not before:
        return "only"
    if words.unit(name, published.role(name)) == "percent":
        difference, threshold = float(now) - float(before), SAME_POINTS  # type: ignore[arg-type]
    else:
        difference, threshold = float(now) / float(before) - 1, SAME_SHARE  # type: ignore[arg-type]
    if abs(difference) < threshold or steady(published, name, now, before):
        return "same"
    return "more" if difference > 0 else "less"


def within(words: Words, code: str) -> str:
    """How a sentence about an area begins: In Ulm, Im Ortenaukreis, Im Landkreis Karlsruhe."""
    area = areas.register()[code]
    kind = "kreis_named" if area.level == "kreis" and "kreis" in area.name.lower() else area.level
    known = words.table("place", "within")
    text = known.get(kind, known["other"])
    return text.format(label=area.label, kind=area.kind, name=area.name)


def above(code: str) -> tuple[str, ...]:
    """The area with the Kreis and the Land it lies in, each once: what a place is seen beside.

    A Stadtkreis is the same place as its one municipality and stands beside it no second time.
    """
    kreis = areas.within(code, areas.KREIS)
    beside = code if kreis is None or areas.register()[kreis].kind == "Stadtkreis" else kreis
    return tuple(dict.fromkeys((code, beside, areas.LAND)))


def _extreme(about: _Subject, label: str, values: Mapping[str, str], *, least: bool = False) -> str:
    name, words, published = about.name, about.words, about.published
    groups = [row for row in published if row[label] not in NO_GROUP]
    shown = [row for row in groups if is_number(row[name])]
    if not shown:
        return words.t(f"{about.key}.{'withheld' if published.withheld else 'unknown'}", **values)
    top = (min if least else max)(shown, key=lambda row: float(row[name]))  # type: ignore[arg-type]
    said = words.t(
        f"{about.key}.said",
        label=words.place_or_category(str(top[label]), label),
        value=words.write(top[name], words.unit(name, published.role(name))),  # type: ignore[arg-type]
        **values,
    )
    return f"{said} {words.t('show.of_shown')}" if Gap.WITHHELD in [row[name] for row in groups] else said


def _changed(about: _Subject, now: Cell, before: Cell) -> str:
    way = direction(about.published, about.name, now, before, words=about.words)
    text = change(about.published, about.name, now, before, words=about.words).lstrip("+−-")
    values = _values(about, now)
    return about.words.t(_one(about.words, f"{about.key}.{way}", values["value"]), change=text, **values)


def _plain(about: _Subject, now: Cell) -> str:
    values = _values(about, now)
    if now is Gap.WITHHELD:
        return about.words.t(f"{about.key}.withheld", **values)
    if not is_number(now) and not isinstance(now, Band):
        return about.words.t(f"{about.key}.unknown", **values)
    return about.words.t(_one(about.words, f"{about.key}.said", values["value"]), **values)


def _one(words: Words, key: str, value: str) -> str:
    """The text for a single one, where there is one: `key`_one."""
    *path, last = f"{key}_one".split(".")
    return f"{key}_one" if value == "1" and last in words.table(*path) else key


def _values(about: _Subject, now: Cell) -> dict[str, str]:
    """Every cell of the row as a text may name it, {place} and {value}."""
    words, published = about.words, about.published
    rows = list(published.where(**about.where))
    values = {
        column.name: words.cell(cell, column.name, column.role)
        for row in rows[:1]
        for column, cell in zip(published.columns, row.values(), strict=True)
    }
    values |= {column: words.place_or_category(str(cell), column) for column, cell in about.where.items()}
    if "area_code" in about.where:
        values["place"] = within(words, str(about.where["area_code"]))
    if isinstance(now, Band):
        values["value"] = words.share(now)
    if is_number(now):
        unit = words.unit(about.name, published.role(about.name))
        values["value"] = words.write(now, unit)  # type: ignore[arg-type]
    return values
