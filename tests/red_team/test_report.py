"""The report says what was attacked, with which figures, and does not hide what succeeded."""

from datetime import date

from data.redteam import report


def found(reports, *, passed=True, controls=None):
    runs = {
        name: {"passed": passed, "attacks": [each | {"passed": passed} for each in attacks.values()]}
        for name, attacks in reports.items()
    }
    return {
        "passed": passed,
        "cases": 10_000,
        "people": 4_000,
        "seed": 1,
        "runs": runs,
        "different_rows": 0,
        "next": reports["difficult"][8],
        "steps": reports["difficult"][8],
        "could": {1: [(1000, 720)], 9: [], 13: [(10, 0)]},
        "controls": controls or {"suppressed": [1, 6], "without_limit": [3], "free_sums": [5]},
        "minutes": 3.2,
    }


def test_a_release_that_withstood_is_told_with_its_figures(reports):
    text = report.written(found(reports), date(2026, 11, 1))
    assert "am 01.11.2026" in text
    assert "Alle Angriffe wurden abgewehrt" in text
    assert "10.000 Fällen" in text
    small = f"{reports['difficult'][1]['figures']['small_cells']:,}".replace(",", ".")
    assert f"geprüfte kleine Felder {small}" in text


def test_an_attack_that_succeeded_and_a_control_that_was_not_found_out_are_told(reports):
    blind = {"suppressed": [], "without_limit": [3], "free_sums": [5]}
    text = report.written(found(reports, passed=False, controls=blind), date(2026, 11, 1))
    assert "Mindestens ein Angriff hatte Erfolg" in text
    assert text.count("nicht abgewehrt") >= 24
    assert "nicht erkannt" in text


def test_what_told_too_much_is_named_and_so_is_what_succeeded_over_several_releases_only(reports):
    those = found(reports)
    existence = next(each for each in those["runs"]["difficult"]["attacks"] if each["number"] == 3)
    existence["figures"] = existence["figures"] | {"failed_groups": {"goals gemeinde < kreis": 0.25}}
    those["steps"] = those["steps"] | {"passed": False}
    text = report.written(those, date(2026, 11, 1))
    assert "davon mit zu viel Gewinn goals gemeinde < kreis 0,25" in text
    assert "| 8 | Zeit | abgewehrt | **nicht abgewehrt** |" in text
