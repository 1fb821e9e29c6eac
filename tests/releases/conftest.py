"""A store with three places; `first` and `released_once` are the same with a release.

What a preview has built is published as it is: `previewed` and `second_waiting` are copies of stores where
one waits, so that a test of how something is published need not make its figures again.
"""

import pytest

from data import redteam
from data.foundation.steps import silent
from data.releases import preview
from tests.support import fixed, stores
from tests.support.figures import Figures

ULM, LANGENAU, STUTTGART = "08421000", "08425072", "08111000"
COUNTED = "ziel_id | fall_id | zielbereich | zielstatus | vereinbart_am"


def cases(numbers, area_code, *, opened="01.02.2018", plan="01.02.2018", group="18-26"):
    """Lines of `faelle`, one per number: fall_id | ags | aufnahme_am | integrationsplan_am | altersgruppe."""
    return "\n".join(f"F{number} | {area_code} | {opened} | {plan} | {group}" for number in numbers)


def faelle(*lines):
    """The table `faelle` of these lines."""
    return "\n".join(("fall_id | ags | aufnahme_am | integrationsplan_am | altersgruppe", *lines))


def goals(numbers, goal_area, status="Ziel erreicht", agreed="05.02.2018"):
    """One goal for each of these cases."""
    return "\n".join(f"{goal_area[0]}{n} | F{n} | {goal_area} | {status} | {agreed}" for n in numbers)


def office(folder, more=()):
    """Ulm: 120 people in two ages, 40 of them without a plan. Langenau: 30. Stuttgart: 60. Goals in Ulm.

    `more` are lines of `faelle` of other places.
    """
    people = (
        cases(range(1000, 1080), ULM),
        cases(range(1080, 1120), ULM, plan="", group="27-44"),
        cases(range(2000, 2030), LANGENAU),
        cases(range(3000, 3060), STUTTGART, group="27-44"),
        *more,
    )
    agreed = (
        COUNTED,
        goals(range(1000, 1040), "Sprache"),
        goals(range(1040, 1080), "Wohnung", "Ziel verfehlt"),
        goals(range(1000, 1040), "Arbeitsmarkt", "In Umsetzung"),
        goals(range(3000, 3060), "Sprache"),
    )
    return Figures(folder).hand_in(
        reporting_date="31.12.2018", faelle=faelle(*people), ziele="\n".join(agreed)
    )


def quarter(folder):
    """The smallest that can be published: 40 people in Ulm, delivered until the end of March 2018."""
    return Figures(folder).hand_in(reporting_date="31.03.2018", faelle=faelle(cases(range(1000, 1040), ULM)))


def prepared(figures, **options):
    """A preview of the next release."""
    fixed.keys(figures.settings.keys)
    return preview.prepare(figures.settings, silent, **options)


@pytest.fixture
def previewed(tmp_path, tmp_path_factory):
    """A copy of the office with a preview of its first release, and what that told."""
    folder = stores.once(tmp_path_factory, "previewed", lambda folder: prepared(office(folder)))
    return stores.copied(folder, tmp_path), stores.told(folder)


@pytest.fixture
def second_waiting(first, tmp_path, tmp_path_factory):
    """A copy of the office with a release and a preview of the next, of the same records; it was attacked."""

    def of_the_next(folder):
        figures = stores.copied(first.settings.store.parent, folder)
        prepared(figures, attacks=redteam.for_release(figures.settings.protection))

    return stores.copied(stores.once(tmp_path_factory, "second_waiting", of_the_next), tmp_path)
