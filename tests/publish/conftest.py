"""A store of two offices that hold real data, built and published; made once, and each file has a copy."""

from pathlib import Path

import pytest

from data.foundation.settings import Settings
from tests.support import published, stores
from tests.support.figures import Figures

PEOPLE = published.cases(published.people(1000, 1060, published.ULM))


def _offices(folder: Path) -> None:
    figures = Figures(folder)
    figures.hand_in(reporting_date="31.12.2018", software="Fachverfahren 3", faelle=PEOPLE)
    figures.hand_in(
        sender="lra-b",
        reporting_date="31.12.2018",
        software="Fachverfahren 3",
        faelle=PEOPLE.replace("F1", "G1").replace("08421000", "08426070"),
    )
    figures.release()


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of one's own copy."""
    made = stores.once(tmp_path_factory, "offices", _offices)
    return stores.copied(made, tmp_path_factory.mktemp("offices")).settings
