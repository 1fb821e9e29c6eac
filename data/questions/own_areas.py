"""A warehouse as somebody sees it who reads exact figures of some areas: nothing else is in it.

Whoever may ask for what is decided in `data.publish`. Here is the second wall: what a question is asked of
holds no row of another area, so that not even a question that is written wrongly tells of one.
"""

from functools import lru_cache
from pathlib import Path

from data.foundation import areas
from data.foundation.errors import DashboardError
from data.foundation.sql import identifier, literal, literals
from data.questions.older import Columns

# Nobody's figures: the register, the calendar, what is published with a source.
OF_NOBODY = frozenset({"areas", "edition", "goal_areas", "periods", "published_funds", "windows"})
# One row or more per sender: those whose cases all lie in the areas. A row of all senders is of none.
OF_SENDERS = frozenset({"senders", "missing_values"})
PLACES = "sender_places"
GROUPINGS = "groupings"
# Where a place stands among all others.
RANKS = {"recipients": ("rank", "ranked")}


class UnknownMartError(DashboardError):
    """A table of which nobody has said whose figures it has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"marts.{name} has no area_code. Say in data/questions/own_areas.py who may read which rows."
        )


@lru_cache(maxsize=64)
def inside(scopes: frozenset[str]) -> frozenset[str]:
    """The codes of these areas and of all that lies in them."""
    return frozenset(
        code for scope in scopes for level in areas.LEVELS for code in areas.inside(scope, level)
    )


def views(path: Path, had: Columns, scopes: frozenset[str]) -> list[str]:
    """SQL that shows the warehouse at `path` with the rows of these areas, in a database in memory.

    Raises UnknownMartError: a new mart is not seen by accident.
    """
    own = f"in ({literals(sorted(inside(scopes)))})" if scopes else "in (null)"
    statements = [f"attach {literal(str(path))} as whole (read_only)", "create schema marts"]
    for mart, columns in had.items():
        # A warehouse of an older program does not say whose senders are.
        unsaid = mart in OF_SENDERS and PLACES not in had
        kept = "false" if unsaid else _kept(mart, columns, own)
        ranks = [name for name in RANKS.get(mart, ()) if name in columns]
        nulls = ", ".join(f"null::{columns[name]} as {identifier(name)}" for name in ranks)
        replaced = f" replace ({nulls})" if nulls else ""
        statements.append(
            f"create view marts.{identifier(mart)} as "
            f"select *{replaced} from whole.marts.{identifier(mart)} where {kept}"
        )
    return statements


def _kept(mart: str, columns: dict[str, str], own: str) -> str:
    if mart in OF_NOBODY:
        return "true"
    if mart in OF_SENDERS:
        return (
            f"sender in (select sender from whole.marts.{PLACES} "
            f"group by sender having bool_and(area_code {own}))"
        )
    if mart == GROUPINGS:
        # A part of a grouping is no figure of it.
        return (
            "group_code in (select group_code from whole.marts.groupings "
            f"group by group_code having bool_and(area_code {own}))"
        )
    if "area_code" not in columns:
        raise UnknownMartError(mart)
    return f"area_code {own}"
