"""The report of the red team in plain German, for whoever answers for data protection."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

WORDS = tomllib.loads(Path(__file__).with_name("report.toml").read_text(encoding="utf-8"))
TARGETS = {"demonstration": "Demonstration", "difficult": "Schwierige Daten"}
CONTROLS = {
    "suppressed": "Nur unterdrücken: genaue Zahlen, unter 10 zurückgehalten",
    "without_limit": "Abweichung ohne Anzeigegrenze",
    "tenths": "Spannen von einem Zehntel statt einem Viertel",
    "not_held": "Zahlen abgeschlossener Zeiträume bekommen jedes Mal eine neue Abweichung",
    "rising": "Reihen bis zur Zielerreichung, in denen jede Zahl für sich abweicht",
    "free_sums": "Frei wählbare Summen von Gemeinden, jede mit eigener Abweichung",
}


def written(found: dict[str, Any], on: date) -> str:
    """The whole report as Markdown."""
    return "\n".join([_head(found, on), *_table(found), *_attacks(found), *_rest(found)]) + "\n"


def _head(found: dict[str, Any], on: date) -> str:
    verdict = (
        "Alle Angriffe wurden abgewehrt." if found["passed"] else "**Mindestens ein Angriff hatte Erfolg.**"
    )
    figures = {name: _n(found[name]) for name in ("cases", "people", "seed")}
    return str(WORDS["prose"]["head"]).format(
        on=f"{on:%d.%m.%Y}", verdict=verdict, minutes=f"{found['minutes']:.0f}", **figures
    )


def _table(found: dict[str, Any]) -> Iterator[str]:
    yield from (
        "| Nr. | Angriff | " + " | ".join(TARGETS.values()) + " | benannt, wenn man es schlecht machte |",
        "|---|---|" + "---|" * (len(TARGETS) + 1),
    )
    for number in _numbers(found):
        cells = [_verdict(_withstood(found, target, number)) for target in TARGETS]
        could = _could(found, number)
        yield f"| {number} | {WORDS['heading'][str(number)]} | {' | '.join(cells)} | {could} |"
    yield from ("", WORDS["prose"]["could"].strip(), "")


def _attacks(found: dict[str, Any]) -> Iterator[str]:
    for number in _numbers(found):
        key = str(number)
        yield from (f"## {number}. {WORDS['heading'][key]}", "", WORDS["does"][key], "")
        yield from (f"Abgewehrt, wenn: {WORDS['passes'][key]}.", "")
        for target, name in TARGETS.items():
            attack = _of(found, target, number)
            yield f"* {name}: {_verdict(attack['passed'])}. {_tried(attack)}{_figures(attack['figures'])}."
        if number == 8:
            after, figures = _verdict(found["next"]["passed"]), _figures(found["next"]["figures"])
            yield f"* Nächste Veröffentlichung nach einer berichtigten Person: {after}. {figures}."
            steps = found["steps"]
            told = f"{_tried(steps)}{_figures(steps['figures'])}"
            yield f"* Vier Quartale nacheinander, mit Nachträgen: {_verdict(steps['passed'])}. {told}."
        if number == 10:
            yield f"* Zweite Veröffentlichung derselben Daten: {found['different_rows']} abweichende Zeilen."
        yield ""


def _withstood(found: dict[str, Any], target: str, number: int) -> bool:
    """In all its forms: time is attacked from one release of the hard data to the next ones too."""
    over_time = (found["next"], found["steps"]) if (target, number) == ("difficult", 8) else ()
    return all(each["passed"] for each in (_of(found, target, number), *over_time))


def _rest(found: dict[str, Any]) -> Iterator[str]:
    yield WORDS["prose"]["controls"].format(number=max(_numbers(found)) + 1).rstrip()
    for name, numbers in found["controls"].items():
        listed = ", ".join(map(str, numbers)) or "keiner"
        yield f"| {CONTROLS[name]} | {listed} | {'erkannt' if numbers else '**nicht erkannt**'} |"
    yield WORDS["prose"]["limits"].rstrip()


def _numbers(found: dict[str, Any]) -> list[int]:
    """The numbers of the attacks that were made."""
    return [attack["number"] for attack in next(iter(found["runs"].values()))["attacks"]]


def _could(found: dict[str, Any], number: int) -> str:
    """The largest share of what it tried that the attack named in any control; of a check none."""
    attack = _of(found, next(iter(TARGETS)), number)
    if "tried" not in attack:
        return "Prüfung"
    shares = [named / tried for tried, named in found["could"].get(number, ()) if tried]
    if not max(shares, default=0):
        return "nichts: eine Prüfung"
    return f"{_n(round(100 * max(shares), 1))} %"


def _tried(attack: dict[str, Any]) -> str:
    """How many cells the attack tried and named; nothing of a check."""
    if "tried" not in attack:
        return ""
    return f"Versucht an {_n(attack['tried'])}, benannt {_n(attack['named'])}. "


def _of(found: dict[str, Any], target: str, number: int) -> dict[str, Any]:
    return next(each for each in found["runs"][target]["attacks"] if each["number"] == number)


def _verdict(passed: bool) -> str:
    return "abgewehrt" if passed else "**nicht abgewehrt**"


def _figures(figures: dict[str, Any]) -> str:
    told = []
    for name, value in figures.items():
        word = WORDS["figures"].get(name)
        if name == "failed_groups":
            # Tables and levels by the names that they have in the release.
            listed = ", ".join(f"{group} {_n(gain)}" for group, gain in value.items())
            told.append(f"{word} {listed or 'keine'}")
        elif word and isinstance(value, dict):
            told.append(f"{word} ({_figures(value)})")
        elif word and value is not None:
            told.append(f"{word} {_n(value)}")
    return ", ".join(told)


def _n(value: float) -> str:
    """A number as it is written in German."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
