"""Messages worked out from the figures: what stands over a chart, as a sentence that can be quoted.

Every function picks one of several texts below `key`, so that a withheld or unknown figure has a
sentence of its own: more, less, same, only (no year before), withheld, unknown; unknown_some with {share},
if there is such a text, where too few Kreise deliver. Where the figure is 1 and
counts somebody, the text is the one of that name with _one behind it.

A deviation never becomes news: a change is told, and something called the largest, only where the deviations
of the release can't have made it so (`data.disclosure.bounds`). Each sentence hands out what it claims.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from data.disclosure import bounds
from data.disclosure.bands import Band
from data.disclosure.published import Cell, Curved, Gap, Published, Role, is_number
from data.foundation import areas
from pages.text import claims, precision, setting, whole
from pages.text.claims import NO_GROUP, Ahead, Cited, Claim, Kind, Row, Sentence
from pages.text.words import Words

# Smaller changes than these are told as "as many as".
SAME_SHARE = 0.005
SAME_POINTS = 0.0005


@dataclass(frozen=True)
class _Subject:
    """What a sentence is about: the figures, the column `name`, the texts below `key`, the row `where`."""

    published: Published
    name: str
    words: Words
    key: str
    where: Mapping[str, Cell] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def row(self) -> Row | None:
        """The row itself, if there is one."""
        return next(iter(self.published.where(**self.where)), None)


@dataclass(frozen=True)
class Change:
    """What may be said of two figures: `more`, `less`, `same`, or `only` where there is nothing to compare.

    `signed` is the size with its sign, in points for a rate, and `size` without; both empty if there is no
    change to tell.
    """

    way: str
    signed: str = ""
    size: str = ""


def against_year_before(
    published: Published, name: str, *, words: Words, key: str, time: str = "period", **where: Cell
) -> Sentence:
    """A figure now and its change against the year before, which the column `year_before` names."""
    about, now = _Subject(published, name, words, key, where), published.cell(name, **where)
    if isinstance(now, Gap):
        return _plain(about, now)
    found, claim = year_before(published, name, words=words, time=time, **where)
    values = _values(about, now)
    text = words.t(_one(words, f"{key}.{found.way}", values["value"]), change=found.size, **values)
    text = " ".join(filter(None, (text, whole.told(words, about.row or {}, name))))
    return Sentence(text, claim) if claim else Sentence(text)


def year_before(
    published: Published, name: str, *, words: Words, time: str = "period", **where: Cell
) -> tuple[Change, Claim | None]:
    """What may be said of a figure against the year before; and the claim that this is."""
    row = next(iter(published.where(**where)), None)
    earlier = {**where, time: published.cell("year_before", **where)}
    before = next(iter(published.where(**earlier)), None)
    # A sum without a Kreis against a sum with it would be a change that never was.
    if row is None or before is None or not whole.same(row, before, name):
        return Change("only"), claims.figure(published, name, row) if row else None
    found = change(published, name, row[name], before[name], words=words)
    return found, _of_change(published, name, found, row, before)


def plainly(
    published: Published,
    name: str,
    *,
    words: Words,
    key: str,
    more: Mapping[str, str] | None = None,
    **where: Cell,
) -> Sentence:
    """A figure by itself: `key`.said, .withheld or .unknown. `more` are further values of the text."""
    return _plain(_Subject(published, name, words, key, where, more or {}), published.cell(name, **where))


def largest(
    published: Published,
    name: str,
    *,
    words: Words,
    key: str,
    label: str,
    decided_by: str | None = None,
    **values: str,
) -> Sentence:
    """The row with the largest shown value: `key`.said with {label}, {there} of a place, and {value}.

    Only where it surely is the largest. Up to three that can't be told apart are named together (`key`.tied,
    with {labels}); of more it is said that none can be (`key`.close). A withheld one might be larger, not
    only smaller (nearly all may be of one group), so the sentence says that it is about shown values.
    `decided_by` is the count that decides where `name` is its share of one whole. A curve that ends early
    might be the highest later, so all of them have to have a value, else `key`.partly.
    """
    groups = [row[name] for row in published if row[label] not in NO_GROUP]
    numbers = sum(is_number(cell) for cell in groups)
    if 0 < numbers < len(groups) and any(isinstance(cell, Curved) for cell in groups):
        return Sentence(words.t(f"{key}.partly", **values))
    return _extreme(_Subject(published, name, words, key), label, values, decided_by or name)


def least(published: Published, name: str, *, words: Words, key: str, label: str, **values: str) -> Sentence:
    """The row with the least shown value, as `largest` tells it."""
    return _extreme(_Subject(published, name, words, key), label, values, name, least=True)


def standing(published: Published, name: str, *, words: Words, key: str, **where: Cell) -> Sentence:
    """Which place a row has among all shown, the largest first, as far as that is certain.

    `key`.said with {rank}, .tied with {others} where exact figures are equal, .top or .bottom with {places}
    in the first or last quarter, else .middle; empty if the row has no number. {known} is how many have one,
    {best} and {worst} are the range of the rank.
    """
    # The same for every place of a map, and of a release alone: exact figures are never kept.
    shown, ranges, cited = (_ranked.__wrapped__ if published.edition.internal else _ranked)(published, name)
    own = next((row for row in shown if all(row[each] == value for each, value in where.items())), None)
    if own is None:
        return Sentence("")
    at = shown.index(own)
    best, worst = bounds.rank(ranges, at)
    known, exact = len(shown), not bounds.deviates(published, name, own[name])
    quarter = known / 4
    if best == worst:
        way, number = "said", best
    elif exact:
        way, number = "tied", best
    elif worst <= quarter:
        way, number = "top", worst
    elif best > known - quarter:
        way, number = "bottom", known - best + 1
    else:
        way, number = "middle", known
    text = words.t(
        f"{key}.{way}",
        rank=words.number(number),
        places=words.number(number),
        best=words.number(best),
        worst=words.number(worst),
        others=words.number(worst - best),
        known=words.number(known),
        **_values(_Subject(published, name, words, key, where), own[name]),
    )
    others = (*cited[:at], *cited[at + 1 :])
    return Sentence(text, Claim(Kind.RANK, f"{best}-{worst}", (cited[at],), others))


@lru_cache(maxsize=8)
def _ranked(published: Published, name: str) -> tuple[list[Row], list[bounds.Range], list[Cited]]:
    """The rows that have a number, what each surely is, and each as a claim cites it."""
    shown = [row for row in published if is_number(row[name])]
    ranges = [bounds.certain(published, name, row[name]) for row in shown]
    return shown, ranges, [claims.cited(published, name, row) for row in shown]


def since(published: Published, name: str, *, words: Words, key: str, **values: str) -> Sentence:
    """From the first shown value to the last: `key`.more, .less or .same with {first} and {value}."""
    shown = [row for row in published if is_number(row[name])]
    if len(shown) < 2:
        return Sentence(words.t(f"{key}.withheld" if published.withheld else f"{key}.unknown", **values))
    first, last = shown[0], shown[-1]
    found = change(published, name, last[name], first[name], words=words)
    role = published.role(name)
    text = words.t(
        f"{key}.{found.way if found.way != 'only' else 'same'}",
        first=words.cell(first[name], name, role),
        value=words.cell(last[name], name, role),
        from_time=words.period(str(first["period"])),
        to_time=words.period(str(last["period"])),
        **values,
    )
    claim = _of_change(published, name, found, last, first)
    return Sentence(text, claim) if claim else Sentence(text)


def move(
    published: Published,
    name: str,
    *,
    words: Words,
    key: str,
    pair: tuple[str, str],
    more: Mapping[str, str] | None = None,
) -> Sentence:
    """The most frequent change from one value to another: `key`.said with {source}, {target}, {value}.

    As `largest`: only where it surely is, else `key`.tied with {moves} or `key`.close. `pair` are the
    columns of the first and the latest value, `more` further values of the text.
    """
    source, target = pair
    further = dict(more or {})
    moves = [row for row in published if row[source] != row[target]]
    found = claims.ahead(published, name, moves)
    if not found.rows:
        return Sentence(words.t(f"{key}.withheld" if published.withheld else f"{key}.unknown", **further))
    values = [
        {
            **further,
            "source": words.place_or_category(str(row[source]), source),
            "target": words.place_or_category(str(row[target]), target),
            "value": words.cell(row[name], name, published.role(name)),
        }
        for row in found.rows
    ]
    named = [words.t("show.move", source=each["source"], target=each["target"]) for each in values]
    about = _Subject(published, name, words, key)
    return _of_ahead(about, found, {**values[0], "moves": listed(named, words)}, moves)


def change(published: Published, name: str, now: Cell, before: Cell, *, words: Words) -> Change:
    """What may be said of the change between two cells."""
    if not is_number(now) or not is_number(before) or not before:
        return Change("only")
    after, earlier = float(now), float(before)  # type: ignore[arg-type]
    share = words.unit(name, published.role(name)) == "percent"
    size, threshold = (after - earlier, SAME_POINTS) if share else (after / earlier - 1, SAME_SHARE)
    way = bounds.told_apart(published, name, now, before)
    if not way or abs(size) < threshold:
        return Change("same")
    write = precision.points if share else precision.change
    people = _people(published, name, now, before, share=share)
    signed, plain = (write(size, people, words, signed=each) for each in (True, False))
    return Change("more" if way > 0 else "less", signed, plain)


def listed(texts: Sequence[str], words: Words) -> str:
    """A, B und C."""
    *before, last = texts
    return f"{', '.join(before)} {words.t('number.and')} {last}" if before else last


def above(code: str) -> tuple[str, ...]:
    """The area with its association, its Kreis and the Land, each once: what a place is seen beside.

    A Stadtkreis is the same place as its one municipality and stands beside it no second time.
    """
    kreis = areas.within(code, areas.KREIS)
    beside = code if kreis is None or areas.is_town(kreis) else kreis
    return tuple(dict.fromkeys((code, areas.above(code, areas.ASSOCIATION) or code, beside, areas.LAND)))


def _extreme(
    about: _Subject, label: str, values: Mapping[str, str], decided_by: str, *, least: bool = False
) -> Sentence:
    name, words, published = about.name, about.words, about.published
    groups = [row for row in published if row[label] not in NO_GROUP]
    found = claims.ahead(published, decided_by, groups, least=least)
    if not found.rows and any(isinstance(row[decided_by], Band) for row in groups):
        key = "band.only_at" if "at" in values else "band.only"
        return Sentence(words.t(key, what=words.label(decided_by), **values))
    if not found.rows:
        return Sentence(_none(about, values))
    labels = [words.place_or_category(str(row[label]), label) for row in found.rows]
    first, one = found.rows[0][name], str(found.rows[0][label])
    told = {
        "label": labels[0],
        # A grouping stands under its name: it is no area of the register.
        "there": setting.told(words, one, None)["at"] if one in areas.register() else labels[0],
        "labels": listed(labels, words) if found.surely else "",
        "value": words.cell(first, name, published.role(name)),
        **values,
    }
    return _of_ahead(_Subject(published, decided_by, words, about.key), found, told, groups, least=least)


def _none(about: _Subject, values: Mapping[str, str]) -> str:
    """Why no row has a number: withheld, not delivered, or by too few of the Kreise that lie in the area."""
    words, published = about.words, about.published
    if published.withheld:
        return words.t(f"{about.key}.withheld", **values)
    without = {code for row in published for code in whole.missing(row)}
    area = published.asked.area_code if published.asked else areas.LAND
    if 0 < len(without) < len(areas.inside(area, areas.KREIS)) and _has(about, "unknown_some"):
        few = whole.share(words, {"area_code": area, whole.MISSING: ",".join(sorted(without))})
        return words.t(f"{about.key}.unknown_some", share=few, **values)
    return words.t(f"{about.key}.unknown", **values)


def _has(about: _Subject, text: str) -> bool:
    return text in about.words.table(*about.key.split("."))


def _of_ahead(
    about: _Subject, found: Ahead, values: Mapping[str, str], every: Sequence[Row], *, least: bool = False
) -> Sentence:
    """The sentence about those ahead; one that is not sure claims nothing."""
    words, published, name = about.words, about.published, about.name
    way = "close" if not found.surely else "tied" if len(found.rows) > 1 else "said"
    deviates = bounds.deviates(published, name, found.rows[0][name])
    values = {**values, "about": words.t("show.about") if deviates else ""}
    if way == "said":
        text = words.t(_one(words, f"{about.key}.said", values["value"]), **values)
    elif way in words.table(*about.key.split(".")):
        text = words.t(f"{about.key}.{way}", **values)
    else:
        text = words.t(f"show.{way}", what=words.label(name), **values)
    beside = [row[name] for row in every if row[name] is Gap.WITHHELD or isinstance(row[name], Band)]
    if beside and found.surely:
        text = f"{text} {words.t('show.of_shown')}"
    claim = claims.of_ahead(published, name, found, least=least)
    return Sentence(text, claim) if found.surely else Sentence(text)


def _of_change(published: Published, name: str, found: Change, now: Row, before: Row) -> Claim | None:
    if found.way == "only":
        return claims.figure(published, name, now) if is_number(now[name]) else None
    cells = (claims.cited(published, name, now), claims.cited(published, name, before))
    return Claim(Kind.CHANGE, found.way, cells)


def _people(published: Published, name: str, now: Cell, before: Cell, *, share: bool) -> float | None:
    """How many people decide how precisely a change is told; None where nothing deviates.

    The change of a count is a share of what it was before; two rates are both as precise as their people.
    """
    if published.role(name) is not Role.RATE:
        return float(before) if bounds.deviates(published, name, before) else None  # type: ignore[arg-type]
    borne = precision.base if share else precision.people
    found = [borne(cell) for cell in (now, before)]  # type: ignore[arg-type]
    return min((each for each in found if each is not None), default=None)


def _plain(about: _Subject, now: Cell) -> Sentence:
    values, row = _values(about, now), about.row
    if now is Gap.WITHHELD:
        return Sentence(about.words.t(f"{about.key}.withheld", **values))
    if row is None or not (is_number(now) or isinstance(now, Band)):
        few = whole.share(about.words, row or {}, about.name)
        some = few and _has(about, "unknown_some")
        return Sentence(about.words.t(f"{about.key}.unknown{'_some' if some else ''}", share=few, **values))
    text = about.words.t(_one(about.words, f"{about.key}.said", values["value"]), **values)
    text = " ".join(filter(None, (text, whole.told(about.words, row, about.name))))
    return Sentence(text, claims.figure(about.published, about.name, row))


def _in_words(name: str, text: str, words: Words) -> str:
    if text != "–":
        return text
    return words.t("number.nothing" if name.endswith("_eur") else "number.none")


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
    # A dash says none in a table, and nothing in a sentence.
    values = {name: _in_words(name, text, words) for name, text in values.items()}
    values |= {column: words.place_or_category(str(cell), column) for column, cell in about.where.items()}
    told = {**(rows[0] if rows else {}), **about.where}
    when = next((told[each] for each in ("period", "cohort") if each in told), None)
    if "area_code" in about.where:
        values |= setting.told(words, str(about.where["area_code"]), str(when or ""))
    if "budget_year" in published.names:
        values["under"] = setting.under(words, published.asked)
    values |= about.more
    if isinstance(now, Band):
        values["value"] = words.share(now)
    if is_number(now):
        unit = words.unit(about.name, published.role(about.name))
        values["value"] = words.write(now, unit)  # type: ignore[arg-type]
    return values
