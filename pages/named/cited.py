"""What became of a figure that somebody cites: where it stands, and whether a later release changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from data import publish
from data.disclosure import bounds
from data.disclosure.published import Cell, Gap, Published, Role, is_number
from data.foundation.errors import DashboardError
from data.questions.filters import NAMES, Filters
from data.releases.notices import Notice
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.menu import MENU, PLACE
from pages.named import every, numbered
from pages.named.numbered import Coded
from pages.text.claims import Sentence
from pages.text.words import Words

NAME = "cite"  # in the address of the page that a code opens
# On which part of its page a figure stands, by the beginning of its name; what is in no list is on the first.
_PAGES = {
    "overview": "public/overview",
    "caseload": "public/caseload",
    "counselling": "public/counselling",
    "funds": "public/funds",
    "goals": "public/goals",
    "municipality": PLACE,
    "grouping": PLACE,
    "methods": "public/methods",
}
_PARTS = {
    "caseload": {
        "stellen": "per_post posts served",
        "bedarf": "needed posts_needed",
        "stellen-vergleich": "two_days",
        "alter-herkunft": "age_group origin sex",
        "status-wohnen": "residence_status household housing skill",
        "bildung-leistungen": "school vocation recognition benefits",
    },
    "counselling": {
        "themen": "topic kind place channel",
        "verweise": "referrals service",
        "ende": "independent reason reentries",
    },
    "funds": {
        "verwendung": "arrived drawdown",
        "kosten": "per_post own_share",
        "empfaenger": "recipients",
        "kreise": "kreise",
        "veraenderung": "change",
        "quellen": "published",
    },
    "goals": {
        "plaene": "plan_rate plan_from_start plan_current overdue",
        "dauer": "time time_by_area",
        "wege": "sprachniveau beschaeftigung unterbringung",
        "leben": "outcomes",
    },
    "municipality": {
        "verlauf": "active funds",
        "menschen": "age_group residence_status",
        "nebeneinander": "peers side side_table",
    },
    "grouping": {"verlauf": "active funds kreise", "karte": "map", "orte": "members members_funds"},
    "methods": {"herkunft": "inhabitants", "lieferungen": "senders", "angaben": "missing by_sender"},
}
# What is folded there until somebody opens it.
_FOLDED = {"overview_compared": "fairly", "overview_news": "news", "municipality_peers": "peers"}
# Columns that say how complete a row is, and not of what it is.
_BESIDE = ("without", "year_before", "inhabitants_", "behind")


@dataclass(frozen=True)
class Change:
    """A number of a figure that is another one in a later release; `row` says of what it is."""

    row: Mapping[str, Cell]
    column: str
    role: Role
    before: Cell
    after: Cell


@dataclass(frozen=True)
class Standing:
    """`status`: current (of the newest release), unchanged or revised. `then` is the figure as it was cited,
    `now` as the newest release has it, None where that has it no more. `notice` is of the release that
    changed it first, and `changes` is what differs now, its message's own number first. `deviates`: numbers
    differ, by no more than two series of releases do that deviate each by itself.
    """

    status: str
    then: Described
    now: Described | None = None
    notice: Notice | None = None
    changes: tuple[Change, ...] = ()
    deviates: bool = False


def page(coded: Coded, lang: str = "") -> str:
    """The address of the page on which a figure stands, with the choices that it is of."""
    beginning, _, rest = coded.figure.partition("_")
    parts = _PARTS.get(beginning, {})
    part = next((part for part, names in parts.items() if rest in names.split()), "")
    where = {
        **coded.given,
        "part": part,
        _FOLDED.get(coded.figure, ""): "true",
        "lang": lang,
        NAME: coded.code,
    }
    query = urlencode({name: value for name, value in where.items() if name and value})
    return f"/{MENU[_PAGES[beginning]]}?{query}"


def wanted(coded: Coded, words: Words) -> Wanted:
    """What a code wants, of its own release. Raises NoCodeError where that has no such grouping."""
    given = dict(numbered.with_grouping(coded).given)
    own = {name: given[name] for name in every.RECIPES[coded.figure].choices if name in given}
    shared = {name: value for name, value in given.items() if name in NAMES and name not in own}
    made = Wanted(Filters(**shared, edition=coded.release), words, alone=True)
    return every.choose(made, own)


def standing(name: str, of: Wanted) -> Standing:
    """What became of a figure since its release. Raises what `every.of` raises for that one."""
    (then,) = every.of(name, of)
    names = [each.name for each in publish.releases()]
    later = publish.releases()[names.index(then.published.edition.version) + 1 :]
    if not later:
        return Standing("current", then, then)
    anew = any(each.starts_series for each in later)
    now = _in(name, of, later[-1].name)
    changes = tuple(_first_own(_changes(then, now, anew=anew), then))
    if now is not None and not changes:
        return Standing("unchanged", then, now, deviates=anew and any(_changes(then, now, anew=False)))
    for notice in later:
        found = _in(name, of, notice.name)
        if found is None or any(_changes(then, found, anew=anew)):
            return Standing("revised", then, now, notice, changes)
    return Standing("revised", then, now, later[-1], changes)


def number(each: Described, then: Described) -> float | None:
    """The number that the message of `then` tells first, as another release has it; None without one."""
    own = _told(then)
    rows = list(_rows(each.published).values()) if own else []
    cells = [row[own[1]] for row in rows if own and _of_row(row, own[0]) and own[1] in row]
    return float(cells[0]) if cells and is_number(cells[0]) else None  # type: ignore[arg-type]


def said(change: Change, words: Words) -> dict[str, str]:
    """A change in words: `what` it is of, `before` and `after`."""
    named = [
        words.place_or_category(str(cell), name) for name, cell in change.row.items() if cell is not None
    ]
    return {
        "what": ", ".join([*named, words.label(change.column)]),
        "before": words.cell(change.before, change.column, change.role),
        "after": words.cell(change.after, change.column, change.role),
    }


def _in(name: str, of: Wanted, release: str) -> Described | None:
    chosen = replace(of.chosen, edition=release)
    try:
        (found,) = every.of(name, of.of(chosen))
    except DashboardError:
        return None
    return found


def _changes(then: Described, now: Described | None, *, anew: bool) -> Iterator[Change]:
    """What is another number: known before, and no deviation alone where those are `anew`."""
    before = then.published
    after = _rows(now.published) if now else {}
    differ = _surely if anew else _plainly
    for key, row in _rows(before).items():
        other = after.get(key, {})
        for column in before.columns:
            old, new = row[column.name], other.get(column.name, Gap.UNKNOWN)
            if column.role is Role.DIMENSION or old is Gap.UNKNOWN or old == new:
                continue
            if differ(before, now.published if now else before, column.name, old, new):
                yield Change(dict(key), column.name, column.role, old, new)


def _plainly(*_: object) -> bool:
    return True


def _surely(before: Published, after: Published, name: str, old: Cell, new: Cell) -> bool:
    """Releases of two series deviate each by itself: what overlaps may be the same."""
    if not is_number(old) or not is_number(new):
        return False
    first, second = bounds.certain(before, name, old), bounds.certain(after, name, new)
    return first.is_above(second) or second.is_above(first)


Key = tuple[tuple[str, Cell], ...]


def _rows(published: Published) -> dict[Key, dict[str, Cell]]:
    dimensions = [
        column.name
        for column in published.columns
        if column.role is Role.DIMENSION and not column.name.startswith(_BESIDE)
    ]
    return {tuple((name, row[name]) for name in dimensions): row for row in published}


def _told(each: Described) -> tuple[dict[str, Cell], str, Cell] | None:
    claims = each.heading.claims if isinstance(each.heading, Sentence) else ()
    cells = [cell for claim in claims for cell in claim.cells]
    return (dict(cells[0].row), cells[0].column, cells[0].value) if cells else None


def _of_row(row: Mapping[str, Cell], of: Mapping[str, Cell]) -> bool:
    return all(row.get(name, cell) == cell for name, cell in of.items() if not name.startswith(_BESIDE))


def _first_own(changes: Iterator[Change], then: Described) -> list[Change]:
    own = _told(then)

    def other(change: Change) -> bool:
        return own is None or change.column != own[1] or not _of_row(own[0], change.row)

    return sorted(changes, key=other)
