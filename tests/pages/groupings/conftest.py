"""Two constituencies of four municipalities, drawn."""

import pytest

from data.deliveries.groupings import stock
from tests.releases.conftest import faelle
from tests.support import stores
from tests.support.figures import Figures

ULM, LANGENAU, EHINGEN, MUNDERKINGEN = "08421000", "08425072", "08425033", "08425081"
BOTH, ONE = "wahlkreise.nord", "wahlkreise.sued"
LIST = f"""grouping,name,area_code
Wahlkreise,Nord,{ULM}
Wahlkreise,Nord,{LANGENAU}
Wahlkreise,Nord,{EHINGEN}
Wahlkreise,Süd,{ULM}
Wahlkreise,Süd,{MUNDERKINGEN}
"""


def people(numbers, place, since="01.02.2018", *, planned=True):
    plan = since if planned else ""
    return "\n".join(f"F{number} | {place} | {since} | {plan} | 18-26" for number in numbers)


def drawn(folder):
    """In 2018 100 people in Ulm, 50 in Ehingen, 4 in Langenau; a year later 100 more in Ulm, 40 in Langenau.

    Half of those of Ulm have a plan. Nobody has ever been in Munderkingen.
    """
    first = (
        people(range(1000, 1050), ULM),
        people(range(1050, 1100), ULM, planned=False),
        people(range(2000, 2050), EHINGEN),
        people(range(3000, 3004), LANGENAU),
    )
    later = (
        people(range(4000, 4100), ULM, since="01.02.2019"),
        people(range(5000, 5040), LANGENAU, since="01.02.2019"),
    )
    figures = Figures(folder).hand_in(
        reporting_date="31.12.2019",
        faelle=faelle(*first, *later),
        mittel="""
            buchung_id | ags | haushaltsjahr | programm | stufe | betrag_eur | gebucht_am
            B1 | 08421000 | 2018 | PIK Integrationsmanagement | bewilligt | 300000 | 01.03.2018
            B2 | 08421000 | 2018 | PIK Integrationsmanagement | Planungsrahmen | 310000 | 01.03.2018
            B3 | 08425072 | 2018 | PIK Integrationsmanagement | Planungsrahmen | 20000 | 01.03.2018
        """,
    )
    path = folder / "wahlkreise.csv"
    path.write_text(LIST, encoding="utf-8")
    stock.take_over(figures.settings, path, "")
    figures.release()


@pytest.fixture
def constituencies(tmp_path_factory, monkeypatch):
    """The drawn store, as the store of this process."""
    folder = stores.once(tmp_path_factory, "constituencies", drawn)
    monkeypatch.setenv("DASHBOARD_STORE", str(folder / "store"))
