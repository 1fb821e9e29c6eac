"""A drawn store with three real releases: an old one, the newest with a revision, and one under an embargo.

Ulm has 60 people, 36 of them with a plan, Langenau 4, Ehingen 80; a second delivery adds 30 in Ulm to a
quarter that was published already. A deviation is at most 5, so Langenau is never shown, and its Kreis always
is. Nobody has left: the column is there and empty.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.figures import Figures

OLD, NEWEST, EMBARGOED = "2018-Q4", "2019-Q1", "2019-Q1-neu"
ULM, LANGENAU, ALB_DONAU, LAND = "08421000", "08425072", "08425", "08"
NOTE = "Ulm hat 30 Fälle *nachgeliefert*."


def people(
    first: int, last: int, area_code: str, group: str = "18-26", plan: str = "01.02.2018"
) -> list[str]:
    """Cases opened on the first of February 2018."""
    return [f"F{number} | {area_code} | 01.02.2018 | {plan} | {group} |" for number in range(first, last)]


def cases(*rows: list[str]) -> str:
    """The table of cases with these rows."""
    header = "fall_id | ags | aufnahme_am | integrationsplan_am | altersgruppe | beendet_am"
    return "\n".join([header, *(row for of_place in rows for row in of_place)])


def releases(folder: Path) -> None:
    """Make them, as an office would: hand in, build, release."""
    ulm = [*people(1000, 1036, ULM), *people(1036, 1060, ULM, "27-44", plan="")]
    others = [*people(2000, 2004, LANGENAU), *people(3000, 3080, "08425033")]
    made = Figures(folder).hand_in(reporting_date="31.12.2018", faelle=cases(ulm, others))
    made.release(note="Die erste Veröffentlichung.")
    more = people(4000, 4030, ULM)
    made.hand_in(reporting_date="31.03.2019", faelle=cases(ulm, more, others))
    made.release(note=NOTE)
    later = datetime.now(UTC) + timedelta(days=400)
    made.release(name=EMBARGOED, embargo=later, note="Noch gesperrt.")
