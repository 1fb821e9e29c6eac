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
    "free_sums": "Frei wählbare Summen von Gemeinden, jede mit eigener Abweichung",
}


def written(found: dict[str, Any], on: date) -> str:
    """The whole report as Markdown."""
    return "\n".join([*_head(found, on), *_table(found), *_attacks(found), *_rest(found)]) + "\n"


def _head(found: dict[str, Any], on: date) -> Iterator[str]:
    verdict = "Alle Angriffe wurden abgewehrt." if found["passed"] else "**Mindestens ein Angriff hatte Erfolg.**"
    yield from (
        "# Angriffe auf die Veröffentlichung",
        "",
        f"Von `make red-team` am {on:%d.%m.%Y} geschrieben. {verdict}",
        "",
        "Die Zahlen einer Veröffentlichung darf jeder sehen. Damit niemand darin erkannt wird, weicht jede Zahl",
        "zufällig ein wenig ab, und kleine Zahlen werden zurückgehalten. Ob das hält, wird hier geprüft, indem",
        "versucht wird, es zu brechen.",
        "",
        "**Der Angreifer** hat die öffentliche Datei, kennt das Verfahren mit allen Größen und die übliche Verteilung",
        "der Zahlen. Er kennt die geheimen Schlüssel nicht. Die genauen Zahlen dienen nur dazu, über seine",
        "Behauptungen zu urteilen. *Benannt* heißt: er ist sich zu mindestens 90 % sicher, und es stimmt.",
        "",
        f"**Angegriffen** wurden die Demonstration mit {_n(found['cases'])} Fällen in allen 44 Kreisen und {_n(found['people'])}",
        "erfundene Fälle, die besonders schwer zu schützen sind: Dörfer mit wenigen Menschen, seltene Herkunft, Orte,",
        "in denen fast alle aus einem Land kommen. Beide gingen durch den gewöhnlichen Import und die gewöhnliche",
        f"Veröffentlichung. Zufall: Startwert {found['seed']}. Dauer: {found['minutes']:.0f} Minuten.",
        "",
    )


def _table(found: dict[str, Any]) -> Iterator[str]:
    yield from ("| Nr. | Angriff | " + " | ".join(TARGETS.values()) + " |", "|---|---|" + "---|" * len(TARGETS))
    for number in range(1, 13):
        cells = [_verdict(_of(found, target, number)["passed"]) for target in TARGETS]
        yield f"| {number} | {WORDS['heading'][str(number)]} | {' | '.join(cells)} |"
    yield ""


def _attacks(found: dict[str, Any]) -> Iterator[str]:
    for number in range(1, 13):
        key = str(number)
        yield from (f"## {number}. {WORDS['heading'][key]}", "", WORDS["does"][key], "")
        yield from (f"Abgewehrt, wenn: {WORDS['passes'][key]}.", "")
        for target, name in TARGETS.items():
            attack = _of(found, target, number)
            yield f"* {name}: {_verdict(attack['passed'])}. {_figures(attack['figures'])}."
        if number == 8:
            yield (
                f"* Nächste Veröffentlichung nach einer berichtigten Person: {_verdict(found['next']['passed'])}. "
                f"{_figures(found['next']['figures'])}."
            )
        if number == 10:
            yield f"* Zweite Veröffentlichung derselben Daten: {found['different_rows']} abweichende Zeilen."
        yield ""


def _rest(found: dict[str, Any]) -> Iterator[str]:
    yield from (
        "## 13. Gegenproben",
        "",
        "Eine Prüfung, die nie anschlägt, beweist nichts. Drei Arten zu veröffentlichen, von denen bekannt ist, dass",
        "sie nicht schützen, müssen deshalb auffallen:",
        "",
        "| Art | Angriffe mit Erfolg | |",
        "|---|---|---|",
    )
    for name, numbers in found["controls"].items():
        listed = ", ".join(map(str, numbers)) or "keiner"
        yield f"| {CONTROLS[name]} | {listed} | {'erkannt' if numbers else '**nicht erkannt**'} |"
    yield from (
        "",
        "## Grenzen",
        "",
        "* Geprüft wurden erfundene Daten. Bei jeder echten Veröffentlichung laufen dieselben Angriffe auf eine",
        "  Stichprobe ihrer Felder; hat einer Erfolg, wird nichts veröffentlicht.",
        "* „Größte Sicherheit“ über 90 % ohne Benennung heißt: der Angreifer war sich sicher und lag falsch.",
        "* Kommt oder geht in einem Ort von einem Quartal zum nächsten nur eine einzige Person, so ändern sich nur die",
        "  Felder, zu denen sie gehört (Angriff 4). Sicher ist das nur, solange solche Quartale selten sind: je",
        "  weniger sich ändert, desto mehr verrät eine Änderung. Die größte gemessene Sicherheit steht oben.",
        "* Eine Berichtigung abgeschlossener Zeiträume zeigt, welche Felder die berichtigten Fälle enthalten (Angriff 8).",
        "  Betrifft sie nur einen Menschen, ist sie besser mit anderen Berichtigungen zusammen zu veröffentlichen.",
        "* Wer eine Gruppe zum größten Teil selbst kennt, kennt ihren Rest genauer als dieser Angreifer.",
        "* Die Angriffe gelten für die voreingestellten Größen des Verfahrens (Abweichung, Streuung, Anzeigegrenze).",
    )


def _of(found: dict[str, Any], target: str, number: int) -> dict[str, Any]:
    return next(each for each in found["runs"][target]["attacks"] if each["number"] == number)


def _verdict(passed: bool) -> str:
    return "abgewehrt" if passed else "**nicht abgewehrt**"


def _figures(figures: dict[str, Any]) -> str:
    told = []
    for name, value in figures.items():
        word = WORDS["figures"].get(name)
        if word and isinstance(value, dict):
            told.append(f"{word} ({_figures(value)})")
        elif word and value is not None:
            told.append(f"{word} {_n(value)}")
    return ", ".join(told)


def _n(value: float) -> str:
    """A number as it is written in German."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
