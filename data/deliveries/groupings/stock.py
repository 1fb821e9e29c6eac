"""The groupings that an installation keeps: one list in the store, replaced as a whole.

A release copies it, so that what was published keeps the groups that it had.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from data.deliveries.groupings import grouping_list
from data.deliveries.groupings.grouping_list import COLUMNS, Fault, GroupingListError, Line
from data.deliveries.store import register
from data.deliveries.store.unusable import clearly
from data.foundation import durable
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings


class UnknownGroupingError(DashboardError):
    """A grouping that is not kept."""

    exit_code = 2

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no grouping {name!r}. There {'is' if len(known) == 1 else 'are'} "
            f"{', '.join(known) or 'none'}. Nothing was removed."
        )


def lines(path: Path) -> tuple[Line, ...]:
    """What is kept; nothing where no list was ever handed in. Raises GroupingListError."""
    return grouping_list.read(path) if path.exists() else ()


def take_over(settings: Settings, path: Path, by: str) -> tuple[Line, ...]:
    """Keep the groupings of the list at `path`; those of the same names are replaced, others stay.

    Returns the lines of the list. Raises GroupingListError, StoreError.
    """
    new = grouping_list.read(path)
    names = dict.fromkeys(line.grouping for line in new)
    with clearly(settings.store), store_lock(settings.store):
        others = [line for line in lines(settings.groupings) if line.grouping not in names]
        alike = {grouping_list.slug(line.grouping): line.grouping for line in others}
        faults = [
            Fault(
                line.number,
                f"{line.grouping!r} is called like the grouping {alike[slug]!r} that is kept.",
                "Write its name the same way, and it is replaced; or give it another name.",
            )
            for line in new
            if (slug := grouping_list.slug(line.grouping)) in alike
        ]
        if faults:
            raise GroupingListError(path.name, faults, len(new))
        _keep(settings, [*others, *new], by, f"handed in: {', '.join(names)}")
    return new


def remove(settings: Settings, name: str, by: str) -> None:
    """Keep a grouping no longer; releases that have it keep it. Raises UnknownGroupingError, StoreError."""
    with clearly(settings.store), store_lock(settings.store):
        every = lines(settings.groupings)
        kept = [line for line in every if line.grouping != name]
        if len(kept) == len(every):
            raise UnknownGroupingError(name, list(dict.fromkeys(line.grouping for line in every)))
        _keep(settings, kept, by, f"removed: {name}")


def _keep(settings: Settings, every: Sequence[Line], by: str, what: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((line.grouping, line.name, line.area_code) for line in every)
    with register.open_for_writing(settings.store) as opened:
        if every:
            durable.replace(settings.groupings, written.getvalue())
        else:
            settings.groupings.unlink(missing_ok=True)
        register.note(opened, "groupings", by, None, None, what)
