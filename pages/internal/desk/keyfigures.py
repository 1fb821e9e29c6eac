"""The figures of the pages for everybody, exact, for the own area."""

from pages.figures import show
from pages.internal.desk.scope import Desk
from pages.named import shown

FIGURES = ("caseload_active", "caseload_flows", "goals_plan_rate", "counselling_independent")


def draw(desk: Desk) -> None:
    """People, arrivals and departures, plans, and exits, over the quarters."""
    with show.pairs():
        shown.figures(FIGURES, desk.wanted)
