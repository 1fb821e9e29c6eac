"""The unknown columns of a file: what their headings give away, and how they are called in a finding."""

from collections.abc import Iterator
from functools import partial

from data.deliveries.findings import Group
from data.deliveries.guard import headings
from data.deliveries.guard.kinds import Column, in_text
from data.deliveries.parts import Part
from data.deliveries.wording import group, rules

RULE, HEADING, SPECIAL = "guard-", "guard-heading", "special-column"  # the first begins every fault


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
    return frozenset(column for column, heading in pairs if headings.kind(heading) == headings.SPECIAL)


def shown(part: Part, column: str) -> str:
    """The column as its sender knows it; by its place where its heading is a value itself, `#7`."""
    heading = unknown(part).get(column)
    if heading is None:
        return part.origin(column).heading
    is_value = next(in_text(heading, Column.LABEL), None)
    return heading if heading and not is_value else f"#{part.columns.index(column) + 1}"


def said_by_headings(part: Part) -> Iterator[Group]:
    """A fault for each heading that is a personal detail or announces one, a notice for Art. 9."""
    for column, heading in unknown(part).items():
        fault = partial(group, place=part.place, line=part.header_line, column=shown(part, column))
        kind = headings.kind(heading)
        yield from (fault(f"{RULE}{found}") for found in in_text(heading, Column.LABEL))
        if kind == headings.SPECIAL:
            yield fault(SPECIAL)
        elif kind:
            yield fault(HEADING, wording={"kind": rules()[f"{RULE}{kind}"].kind})
