"""A profile that is wrong is told line by line: what is wrong there, and what to write instead."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.deliveries.profiles import loading, problems
from data.deliveries.profiles.problems import FILE, Lines
from data.deliveries.profiles.proposal import quoted
from tests.deliveries.profiles.conftest import shipped
from tests.support import effort

SOUND = """name = "test"

[[table]]
to = "faelle"
[table.columns]
fall_id = "Nr"
ags = "Ort"
aufnahme_am = "Start"
"""
GOALS = """
[[table]]
to = "ziele"
repeat = 3
[table.columns]
ziel_id = { key = ["Nr", "{n}"] }
fall_id = "Nr"
zielbereich = "Ziel {n}"
zielstatus = "Stand {n}"
"""
WRONG = [
    (SOUND.replace('"Ort"', "Ort"), "syntax", 7, ""),
    (SOUND + "ags = 'x'\n", "syntax", 9, ""),
    (SOUND.replace('name = "test"', 'nam = "test"'), "unknown-key", 1, "'name'"),
    (SOUND.replace('"test"', '"Mein Profil"'), "no-name", 1, ""),
    ('name = "test"\n', "no-table", 1, "[[table]]"),
    (SOUND.replace('"faelle"', '"fälle"'), "unknown-table", 4, "'faelle'"),
    (SOUND + SOUND[SOUND.index("[[table]]") :], "table-twice", 9, ""),
    (SOUND + 'geschlect = "Sex"\n', "unknown-column", 9, "'geschlecht'"),
    (SOUND.replace('ags = "Ort"\n', ""), "required-column", 3, "ags ="),
    (SOUND.replace('ags = "Ort"', "ags = 8"), "wrong-type", 7, "ags ="),
    (SOUND.replace('to = "faelle"', 'to = "faelle"\nignore = "x"'), "wrong-type", 5, "ignore ="),
    (SOUND + 'beendet_am = { column = "E", dat = "T.M.JJJJ" }\n', "unknown-key", 9, "'date'"),
    (SOUND + 'beendet_am = { date = "T.M.JJJJ" }\n', "one-origin", 9, "column ="),
    (SOUND + 'beendet_am = { column = "E", constant = "x" }\n', "one-origin", 9, ""),
    (SOUND + 'beendet_am = { column = "E", join = "-" }\n', "without", 9, "columns"),
    (SOUND + 'beendet_am = { column = "E", date = "TT.MM.JJ" }\n', "date-pattern", 9, "DD"),
    (SOUND + 'geschlecht = { column = "S", date = "T.M.JJJJ" }\n', "no-date", 9, "date"),
    (SOUND + 'geschlecht = { column = "S", separator = ";" }\n', "no-list", 9, "separator"),
    (SOUND + 'geschlecht = { column = "S", years = true }\n', "no-ages", 9, "years"),
    (SOUND + 'altersgruppe = { column = "A", years = "ja" }\n', "wrong-type", 9, "years = true"),
    (SOUND.replace('to = "faelle"', 'to = "faelle"\nleave_out = ["Gesamt"]'), "wrong-type", 5, "leave_out ="),
    (SOUND.replace('to = "faelle"', 'to = "faelle"\nleave_out = { "Nr" = ["*"] }'), "wrong-type", 5, "leave_out ="),
    (SOUND + '[table.columns.geschlecht]\ncolumn = "S"\nvalues.w = "weibl."\n', "unknown-value", 11, "'weiblich'"),
    (SOUND + 'beendigungsgrund = { constant = "Wegzg" }\n', "unknown-value", 9, "'Wegzug'"),
    (SOUND.replace('ags = "Ort"', 'ags = { constant = "0811" }'), "unknown-value", 7, ""),
    (SOUND + 'geschlecht = { column = "S", values = { "x" = "divers" }, ignore = ["x"] }\n', "used-and-ignored", 9, ""),
    (SOUND.replace('to = "faelle"', 'to = "faelle"\nignore = [\n  "Team",\n  "Ort",\n]'), "used-and-ignored", 7, ""),
    (SOUND + GOALS.replace("repeat = 3\n", ""), "number-without-repeat", 13, "repeat ="),
    (SOUND.replace('to = "faelle"', 'to = "faelle"\nrepeat = 3'), "repeat-without-number", 5, "{n}"),
    (SOUND + GOALS.replace("= 3", "= 300"), "wrong-type", 12, "repeat = 5"),
    ('name = "te"\n[[table]]\nto = "verlauf"\n[table.columns]\n' + "".join(
        f'{column} = {{ constant = "{value}" }}\n'
        for column, value in {"fall_id": "F-01", "datum": "1.1.2024", "merkmal": "anerkennung", "wert": "teilweise"}.items()
    ), "no-source", 2, "lieferung"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "line", "instead"), WRONG)
def test_each_problem_names_its_line_and_what_to_write_instead(text, rule, line, instead):
    problems = loading.check(text)

    assert (problems[0].rule, problems[0].line) == (rule, line)
    assert instead in problems[0].remedy["en"]
    assert "{word}" not in problems[0].message["de"] + problems[0].remedy["de"]


def test_every_rule_is_reached_by_a_profile_that_breaks_it():
    assert {rule for _, rule, _, _ in WRONG} == set(tomllib.loads(FILE.read_text(encoding="utf-8")))


def test_all_problems_are_told_at_once_in_the_order_of_the_lines():
    text = SOUND.replace('"test"', "3").replace('ags = "Ort"', 'agss = "Ort"') + 'frist = "x"\n'

    with pytest.raises(problems.WrongProfileError) as wrong:
        loading.load(text, "amt.toml")

    assert [(each.rule, each.line) for each in wrong.value.problems] == [
        ("no-name", 1), ("required-column", 3), ("unknown-column", 7), ("unknown-column", 9),
    ]  # fmt: skip
    assert "amt.toml, line 7: 'agss' is no column of the table 'faelle'. Write 'ags'" in str(wrong.value)


@pytest.mark.parametrize("name", ["fallblatt", "langtexte", "english"])
def test_a_misspelt_column_is_found_in_whichever_line_it_stands(name):
    lines = shipped(name).splitlines()
    inside = [
        at
        for at, line in enumerate(lines)
        if " = " in line and not line.startswith(("to", "file", "sheet", "ignore", "name", "title", "repeat"))
    ]
    for at in inside:
        broken = [*lines[:at], "zzz_" + lines[at], *lines[at + 1 :]]
        assert ("unknown-column", at + 1) in {
            (each.rule, each.line) for each in loading.check("\n".join(broken))
        }


@settings(max_examples=effort.of(150, 3000), deadline=None)
@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6))
def test_any_text_written_into_a_profile_is_read_back_and_its_line_is_known(pairs):
    text = "[values]\n" + "".join(f"{quoted(key)} = {quoted(value)}\n" for key, value in pairs.items())

    assert tomllib.loads(text) == {"values": pairs}
    assert [Lines(text).of("values", key) for key in pairs] == list(range(2, len(pairs) + 2))


def test_what_is_nested_too_deeply_is_a_problem_with_its_line():
    (found,) = loading.check("name = " + "[" * 100_000, "profil.toml")

    assert (found.line, "Nested too deeply" in str(found)) == (1, True)
