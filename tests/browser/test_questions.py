"""What is really asked: each question has one address, three clicks at most, its answer in the first screen.

The questions are those of parliament and audit, of councils and department heads, and of the press. An answer
is a published figure, asked anew here, or the words that say which figures stand there. What next year will
cost is answered nowhere: nobody delivers a budget that is not decided. Whether Ukraine brought more posts is
seen in years: the quarters that open begin later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from data.access.rights import PUBLIC
from data.publish import ask
from data.questions.filters import Filters
from pages.text import words
from tests.browser.conftest import Lend, Reader

DE = words.of("de")
KREIS = "08118"  # Ludwigsburg
SCREEN = 900  # pixels of height; 1400 wide
CLICKS = 3


@dataclass(frozen=True)
class Figure:
    """A published figure of the Kreis as the page writes it: the newest, or that of the last full year."""

    query: str
    column: str
    time: str = "period"
    where: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> str:
        """As it stands on the page."""
        openings = ask("frame/opening", Filters(), PUBLIC)
        (period,) = openings.where(area_code=KREIS).column("period")
        answer = ask(self.query, Filters(area_code=KREIS, period=str(period)), PUBLIC)
        rows = answer.where(**dict(self.where))
        rows = rows.where(area_code=KREIS) if "area_code" in rows.names else rows
        year = int(str(period)[:4]) - 1
        if self.time:
            rows = rows.where(**{self.time: year if self.time == "budget_year" else period})
        (cell,) = rows.column(self.column)
        return DE.cell(cell, self.column, answer.role(self.column))


@dataclass(frozen=True)
class Question:
    """A question, the words to click from the first page of the place, the address, and what answers it."""

    asked: str
    clicks: tuple[str, ...]
    address: str
    answers: tuple[Figure | str, ...]


FUNDS, CASES, GOALS, PLACE = "Fördermittel", "Fallzahlen", "Zielerreichung", "Gemeinde"
QUESTIONS = (
    Question("Was wurde wem gezahlt, was wurde verwendet und was zurückgefordert?",
             (FUNDS, "Wer wie viel erhielt"), "/foerdermittel?part=empfaenger",
             ("Ausgezahlt", "Verwendet", "Zurückgefordert")),
    Question("Wie viel erhielt jeder Kreis in jedem Haushaltsjahr?",
             (FUNDS, "Jeder Kreis"), "/foerdermittel?part=kreise",
             ("Mittel jedes Kreises mit seinen Gemeinden", "Bewilligt")),
    Question("Was wurde beantragt, was bewilligt?",
             (FUNDS,), "/foerdermittel",
             (Figure("funds/by_year", "approved_eur", "budget_year"), "beantragt")),
    Question("Wer lebt wo, aus welchen Ländern?",
             (CASES, "Alter und Herkunft"), "/fallzahlen?part=alter-herkunft",
             ("als Herkunftsland am häufigsten", "größte Altersgruppe")),
    Question("Welche Stellen waren an zwei Tagen bewilligt und besetzt?",
             (CASES, "Stellen an zwei Tagen"), "/fallzahlen?part=stellen-vergleich",
             ("Früherer Tag", "bewilligt und besetzt Ende September 2025")),
    Question("Lassen sich die Stellen besetzen?",
             (CASES, "Stellen"), "/fallzahlen?part=stellen", (Figure("caseload/by_period", "fill_rate"),)),
    Question("Was blieb übrig?",
             (FUNDS, "Abruf und Rest"), "/foerdermittel?part=verwendung",
             ("davon übrig",)),
    Question("Werden Pläne und Ziele genutzt?",
             (GOALS, "Pläne"), "/zielerreichung?part=plaene", (Figure("goals/plans", "plan_rate"),)),
    Question("Wie steht unser Ort da, für den Jahresbericht?",
             (PLACE,), "/gemeinde", (Figure("municipality/profile", "active_cases"), "PDF")),
    Question("Werden die Menschen erreicht, sind die Stellen besetzt?",
             (PLACE,), "/gemeinde", (Figure("municipality/profile", "coverage"),)),
    Question("Was geben wir selbst dazu?",
             (FUNDS, "Kosten und Eigenanteil"), "/foerdermittel?part=kosten", ("Eigenanteil gebucht",)),
    Question("Wie sind die Stellen auf die Gemeinden verteilt, und wo ist eine offen?",
             (CASES, "Stellen an zwei Tagen"), "/fallzahlen?part=stellen-vergleich", ("Unbesetzte",)),
    Question("Wie viele Menschen kommen auf eine Stelle?",
             (CASES, "Stellen"), "/fallzahlen?part=stellen", (Figure("caseload/by_period", "caseload"),)),
    Question("Wie viele haben B1, arbeiten, wohnen privat?",
             (GOALS, "Sprache, Arbeit, Wohnen"), "/zielerreichung?part=leben",
             ("der betreuten Erwachsenen",)),
    Question("Wie viele gehen selbstständig?",
             ("Beratung", "Wie es endet"), "/beratung?part=ende",
             ("selbstständig beendet",)),
    Question("Wie viel weniger bekommen wir ab 2025?",
             (FUNDS, "Vor und nach 2025"), "/foerdermittel?part=veraenderung", ("von 2024 auf 2025",)),
    Question("Was kostet eine Stelle wirklich?",
             (FUNDS, "Kosten und Eigenanteil"), "/foerdermittel?part=kosten",
             (Figure("funds/by_year", "eur_per_post", "budget_year"),)),
    Question("Die eine Zahl: woher ist sie, von wann?",
             (), "/", (Figure("overview/key_figures", "active_cases"), "Stand")),
    Question("Was hat sich seit der letzten Veröffentlichung geändert?",
             ("Methoden", "Veröffentlichungen"), "/methoden?part=veroeffentlichungen", ("Veröffentlichung",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def visitor(tab: Lend, dashboard: str, store: Path) -> Iterator[Reader]:
    """One reader, who asks one question after the other."""
    with pytest.MonkeyPatch.context() as patch, tab(dashboard, height=SCREEN) as reader:
        patch.setenv("DASHBOARD_STORE", str(store))
        yield reader


@pytest.fixture(scope="module")
def came() -> list[str]:
    """The words that were clicked since the first page, as far as they led where they should."""
    return []


def asks(visitor: Reader, came: list[str], clicks: tuple[str, ...]) -> Page:
    """From the first page by these clicks. Those that led to the question before are not made once more:
    from the page that they led to, only another tab is clicked.
    """
    at = next((at for at, each in enumerate(clicks) if came[at : at + 1] != [each]), len(clicks))
    if not at or at == len(clicks) < len(came):
        visitor.turn(f"/?area_code={KREIS}")
        at = 0
    came.clear()
    for position, word in enumerate(clicks[at:], start=at):
        role = "tab" if position else "link"
        visitor.page.get_by_role(role, name=word, exact=True).first.click()
        visitor.settled()
    return visitor.page


# Those that begin with the same click stand together, and what that click alone answers comes first.
IN_TURN = sorted(QUESTIONS, key=lambda each: (each.clicks[:1], len(each.clicks)))


@pytest.mark.parametrize("question", IN_TURN, ids=lambda each: each.asked)
def test_a_question_is_answered_within_three_clicks(visitor: Reader, came: list[str], question: Question):
    assert len(question.clicks) <= CLICKS
    page = asks(visitor, came, question.clicks)
    there, wanted = urlsplit(page.url), urlsplit(question.address)
    said = dict(parse_qsl(there.query))
    assert said.pop("area_code") == KREIS
    assert (there.path, said) == (wanted.path, dict(parse_qsl(wanted.query)))
    came += question.clicks
    for answer in question.answers:
        text = answer.written if isinstance(answer, Figure) else answer
        found = page.get_by_text(text).locator("visible=true")
        expect(found.first, question.asked).to_be_visible()
        assert min(each.bounding_box()["y"] for each in found.all()) < SCREEN, f"{text} is further below"
