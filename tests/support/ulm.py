"""A drawn store with two places, many people in one and few in the other, and its release."""

from collections.abc import Iterable
from pathlib import Path

from tests.support.figures import Figures


def people(
    numbers: Iterable[int],
    area_code: str,
    *,
    opened: str = "01.02.2018",
    plan: str = "01.02.2018",
    group: str = "18-26",
) -> str:
    """Lines of the table of cases."""
    return "\n".join(f"F{number} | {area_code} | {opened} | {plan} | {group}" for number in numbers)


def released(folder: Path) -> None:
    """Ulm: 60 people, 36 of them aged 18 to 26 and with a plan, and one of 65 or over. Langenau: 4 people.

    A deviation is at most 5, so 60 is shown as 55 to 65, and 4 can never be shown.
    Neither the 36 nor the 24 others can fall below the limit of 10, whatever the keys are.
    """
    ulm = (
        people(range(1000, 1036), "08421000")
        + "\n"
        + people(range(1036, 1060), "08421000", plan="", group="27-44")
    )
    ulm += "\n" + people([1060], "08421000", plan="", opened="01.12.2018", group="65+")
    langenau = people(range(2000, 2004), "08425072")
    goals = "\n".join(
        f"Z{number} | F1000 | Sprache | Ziel erreicht | 05.02.2018" for number in range(3000, 3040)
    )
    people_of = "fall_id | ags | aufnahme_am | integrationsplan_am | altersgruppe"
    made = (
        Figures(folder)
        .hand_in(
            reporting_date="31.12.2018",
            faelle=f"{people_of}\n{ulm}",
            beratungen="fall_id | datum\nF1000 | 02.02.2018",
            ziele=f"ziel_id | fall_id | zielbereich | zielstatus | vereinbart_am\n{goals}",
        )
        .hand_in(
            sender="amt-b",
            reporting_date="31.12.2018",
            faelle=f"{people_of}\n{langenau}",
            beratungen="fall_id | datum\nF2000 | 02.02.2018",
            ziele="ziel_id | fall_id",
        )
    )
    made.release()
