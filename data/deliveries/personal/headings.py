"""What the name of a column says about what is in it, and what a finding may call an unknown column."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from data.deliveries.format.findings import Group, group, rules
from data.deliveries.format.parts import Part
from data.deliveries.personal.kinds import Column, in_text
from data.deliveries.personal.person_names import heading_words, lists, words

REMARK = re.compile(r"[(\[]([^()\[\]]+)")
SPECIAL = "special"  # Art. 9 GDPR
NAME = "name"
RULE, HEADING, SPECIAL_COLUMN = "guard-", "guard-heading", "special-column"  # the first begins every fault


def announced_kind(heading: str) -> str | None:
    """The kind of personal detail that a column of this name announces, `special` for Art. 9, or None."""
    found, whole = heading_words(heading), "".join(heading_words(heading))
    said = {*found, *words(heading), whole}
    said |= {first + second for first, second in pairwise(found)}
    of = lists()["headings"]
    special = of[SPECIAL]
    if any(word.startswith(tuple(special["beginnings"])) for word in said - set(special["but"])):
        return SPECIAL
    for each, by in of.items():
        if each not in (SPECIAL, "whose") and said & set(by["words"]):
            return str(each)
    whose = said & set(of["whose"]["words"])
    return NAME if any(word in ("name", "names") for word in found) and not whose else None


def kinds_in(heading: str) -> Iterator[str]:
    """The kinds of personal details that a heading, or what is in parentheses in it, is of."""
    yield from dict.fromkeys(
        kind for text in (heading, *REMARK.findall(heading)) for kind in in_text(text, Column.LABEL)
    )


def unknown(part: Part) -> dict[str, str]:
    """Column -> heading, of the columns that neither the format nor a profile knows."""
    if part.origins:
        return {}  # a profile took what it knows; the rest of the file is looked at by itself
    return {
        column: heading.strip()
        for column, heading in zip(part.columns, part.headings, strict=False)
        if column not in part.present
    }


def special_columns(part: Part) -> frozenset[str]:
    """The columns of a part that Art. 9 GDPR is about: they are neither read nor kept."""
    pairs = unknown(part).items()
    return frozenset(column for column, heading in pairs if announced_kind(heading) == SPECIAL)


def sender_name(part: Part, column: str) -> str:
    """The column as its sender knows it; by its place where its heading is a value itself, `#7`."""
    heading = unknown(part).get(column)
    if heading is None:
        return part.origin(column).heading
    is_value = next(kinds_in(heading), None)
    return heading if heading and not is_value else f"#{part.columns.index(column) + 1}"


def heading_faults(part: Part) -> Iterator[Group]:
    """A fault for each heading that is a personal detail or announces one, a notice for Art. 9."""
    for column, heading in unknown(part).items():
        fault = partial(group, place=part.place, line=part.header_line, column=sender_name(part, column))
        kind = announced_kind(heading)
        yield from (fault(f"{RULE}{found}") for found in kinds_in(heading))
        if kind == SPECIAL:
            yield fault(SPECIAL_COLUMN)
        elif kind:
            yield fault(HEADING, wording={"kind": rules()[f"{RULE}{kind}"].kind})
