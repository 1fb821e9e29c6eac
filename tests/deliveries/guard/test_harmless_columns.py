"""Two hundred columns of what offices keep beside the format accuse nobody; what is true is still said."""

import random

import pytest

from data.deliveries.format.schema import tables
from tests.deliveries.guard.test_hits import said
from tests.support import books

ROWS = 60
WORDS = {
    "status": ["offen", "in Arbeit", "erledigt", "neu", "ruht", "abgeschlossen"],
    "person": ["Mann", "Frau", "Kind", "Jugendlicher"],
    "kurs": ["Alpha", "A1.1", "A1.2", "B1", "Brückenkurs", "Integrationskurs"],
    "groesse": ["klein", "mittel", "groß"],
    "zimmer": ["Haus 3 Zi. 12", "Haus 1 Zi. 4", "Container 7", "WG 2"],
    "ort": ["Ulm", "Ehingen (Donau)", "Laichingen", "Blaubeuren", "Langenau"],
    "team": ["Team Nord", "Team Süd", "Sachgebiet 32.1", "Sachgebiet 32.2"],
    "jahreszeit": ["Sommer", "Winter", "Herbst"],
    "ampel": ["rot", "gelb", "grün", "weiß"],
    "traeger": ["Caritas", "Diakonie", "AWO Ulm", "Landratsamt"],
}


def day(chance):
    return f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(2019, 2026)}"


def clock(chance):
    return f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"


DRAWN = {
    "zeitstempel": lambda c: f"{day(c)} {clock(c)}:{c.randint(0, 59):02}",
    "geaendert": lambda c: f"{day(c)} {clock(c)}",
    "geaendert_schraeg": lambda c: f"{day(c).replace('.', '/')} {clock(c)}",
    "geaendert_iso": lambda c: f"20{c.randint(19, 26)}-0{c.randint(1, 9)}-{c.randint(10, 28)}T{clock(c)}:00",
    "zeitraum": lambda c: f"{day(c)}-{day(c)}",
    "zeitraum_mit_blanks": lambda c: f"{day(c)} - {day(c)}",
    "monate": lambda c: f"0{c.randint(1, 9)}.2024-1{c.randint(0, 2)}.2025",
    "schluessel": lambda c: f"08 4 25 {c.choice(['008', '039', '141', '033'])}",
    "schluessel_kreis": lambda c: f"08{c.randint(111, 437)}",
    "postleitzahl": lambda c: f"89{c.randint(0, 999):03}",
    "betrag": lambda c: f"{c.randint(1, 999)}.{c.randint(0, 999):03},{c.randint(0, 99):02} €",
    "quartal": lambda c: f"Q{c.randint(1, 4)}/20{c.randint(19, 26)}",
    "aktenzeichen": lambda c: f"32.{c.randint(1, 9)}-{c.randint(100, 999)}/{c.randint(19, 26)}",
    "haushaltsstelle": lambda c: f"1.{c.randint(4000, 4999)}.{c.randint(5000, 7999)}",
    "prozent": lambda c: f"{c.randint(0, 100)} %",
    "laufnummer": lambda c: str(c.randint(1, 99_999)),
    **{name: (lambda c, words=words: c.choice(words)) for name, words in WORDS.items()},
}  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_what_offices_keep_beside_the_format_is_a_notice_and_no_accusation(office, seed):
    chance = random.Random(seed)  # 8 times 26 columns
    lines = [" | ".join(DRAWN)]
    lines += [" | ".join(draw(chance) for draw in DRAWN.values()) for _ in range(ROWS)]

    imported = office.hands_in(faelle="\n".join(lines))

    assert imported.counts == {"unknown-column": len(DRAWN)}
    assert len(DRAWN) * 8 >= 200


WORK = ["Koch", "Schneiderin", "Bäcker", "Müller/in", "Maurer", "gelernter Schmied", "Weber (m/w/d)"]


@pytest.mark.parametrize("heading", ["Erlernter Beruf", "Berufswunsch", "Tätigkeit"])
def test_professions_are_names_only_where_no_profession_is_asked(office, heading):
    def hands_in(heading, *words):
        rows = "\n".join(f"F{at} | {word}" for at, word in enumerate(words))
        return office.hands_in(faelle=f"fall_id | {heading}\n{rows}").counts

    assert not {each for each in hands_in(heading, *WORK) if each.startswith("guard")}
    assert hands_in("Kunde", *WORK)["guard-name"]
    assert hands_in("Berufsbetreuer", *WORK)["guard-name"]
    assert hands_in(heading, *WORK, "Fatima Al-Hamwi", "Olena")["guard-name"]


@pytest.mark.parametrize("heading", ["Beruf der Mutter", "berufsabschluss"])
def test_who_stands_in_parentheses_behind_a_profession_is_looked_at_and_not_repeated(office, heading):
    who = ["Koch (Olena Kowalenko)", "Bäckerin (0151 23456789)", "Maler (olena@beispiel.de)"]
    rows = "\n".join(f"F{at} | {word}" for at, word in enumerate([*who, "Weber (m/w/d)", "Koch (gelernt)"]))

    imported = office.hands_in(faelle=f"fall_id | {heading}\n{rows}")

    assert {each for each in imported.counts if each.startswith("guard")} == {
        "guard-name",
        "guard-telephone",
        "guard-e-mail",
    }
    assert not [each for each in who if each in repr(imported)]


@pytest.mark.parametrize("heading", ["Ansprechpartner Job", "Nachname Tätigkeit"])
def test_surnames_under_a_heading_of_professions_and_persons_are_names(office, heading):
    imported = office.hands_in(faelle=f"fall_id | {heading}\nF1 | Koch\nF2 | Müller\nF3 | nein")

    assert imported.counts["guard-name"] == 2


@pytest.mark.parametrize("heading", ["Buchungskonto", "Kostenstelle", "Produktschlüssel"])
def test_numbers_of_accounts_that_begin_with_a_0_are_no_telephone_numbers(office, heading):
    def hands_in(heading, *numbers):
        rows = "\n".join(f"F{at} | {number}" for at, number in enumerate(numbers))
        return office.hands_in(faelle=f"fall_id | {heading}\n{rows}").counts

    accounts = [f"04{number}" for number in range(318000, 318020)]
    assert hands_in(heading, *accounts) == {"unknown-column": 1}
    assert hands_in("Nummer", *accounts)["guard-telephone"]
    assert hands_in("Leistungsempfänger", *accounts)["guard-telephone"]
    assert hands_in("Kontoinhaber", *accounts)["guard-telephone"]
    assert hands_in(heading, *accounts, "0731 234567", "0731 345678")["guard-telephone"]
    assert hands_in(heading, *(f"0151{number}" for number in range(23456780, 23456790)))


def test_booking_ids_are_written_as_accounting_writes_them(office):
    ids = ["2025/0012-34", "RE 202500123", "4711 / 2025", "HHSt 1.4361.7180", "Beleg Nr. 7", "1"]

    imported = office.hands_in(mittel="buchung_id\n" + "\n".join(ids))

    assert imported.counts == {}
    assert {written for (written,) in office.stored("mittel", "buchung_id")} >= set(ids[:5])


def test_a_booking_id_may_not_name_a_person(office):
    imported = office.hands_in(mittel="buchung_id\nFatima Al-Hamwi\nMax Mustermann\nBeleg 3")

    assert imported.counts == {"guard-name": 2}


@pytest.mark.parametrize("written", ["+49 731 {}", "+49731{}", "+49 (0)731/{}"])
def test_no_booking_begins_like_a_telephone_number_of_a_country(office, written):
    numbers = [written.format(number) for number in range(472110, 472116)]

    assert office.hands_in(mittel="buchung_id\n" + "\n".join(numbers)).counts == {"guard-telephone": 6}
    assert office.hands_in(mittel="buchung_id\n+12\n+4711 / 2025").counts == {}


def test_who_does_not_know_is_nobody(office):
    imported = office.hands_in(faelle="fall_id | Zugangsweg\nF1 | weiß nicht\nF2 | Weiß nicht")

    assert imported.counts == {"unknown-column": 1}
    assert "guard-name" in office.hands_in(faelle="fall_id | Zugangsweg\nF1 | Weiß\nF2 | Weiß, Max").counts


def test_words_that_a_list_does_not_have_are_shown_and_are_no_names(office):
    imported = office.hands_in(
        faelle="geschlecht | sprachniveau\nMann | Alpha\nFrau | A1\nMann | Alpha\nFrau | Alpha"
    )

    assert imported.counts == {"value-list": 7}
    shown = {finding.value for group in imported.groups for finding in group.findings}
    assert shown == {"Mann", "Frau", "Alpha"}


def test_a_hit_hides_its_own_column_and_no_true_fault_of_another(office):
    imported = office.hands_in(
        faelle="bemerk | altersgruppe | haushaltstyp\n"
        "Fatima Al-Hamwi | 99 | Thomas Mann\nMax Mustermann | 98 | Familie\nOlena Kovalenko | 15-17 | Familie"
    )

    said = {(group.rule, group.column): [each.value for each in group.findings] for group in imported.groups}
    assert ("guard-name", "bemerk") in said
    assert said[("value-list", "altersgruppe")] == ["99", "98"]
    assert said[("value-list", "haushaltstyp")] == [None]


@pytest.mark.parametrize("number", ["0731 1234567 vom 03.02.2026", "03.02.2026 14:10 0711 2161234"])
def test_a_number_beside_a_date_is_still_one(office, number):
    drawn = f"kontakt_wann\n{number}\n0711 2161235\n0711 2161236"
    assert office.hands_in(faelle=drawn).counts["guard-telephone"] >= 2


def test_beside_a_hit_no_value_of_another_column_is_repeated_that_is_like_one_of_a_person(office):
    people = ["Ahmad Al-Hassan", "Fatima Yilmaz", "Olena Kovalenko", "Anna Schneider", "Maria Weber"]
    hidden = ["Tesfay Gebremariam", "Zardasht Tekleab", "Er wohnt bei Tante"]  # names that no list has
    for value in (*hidden, "wblch"):
        rows = "".join(
            f"\nF{at} | 08111000 | {value if at == 3 else 'weiblich'} | {who}"
            for at, who in enumerate(people)
        )
        imported = office.hands_in(faelle=f"fall_id | ags | geschlecht | bemerkung{rows}")
        assert not imported.accepted
        assert [each.rule for each in imported.groups if each.column == "geschlecht"] == ["value-list"]
        assert (value in said(imported)) == (value == "wblch")


WORD = "Tesfay"  # a given name that no list has


@pytest.mark.parametrize("column", [field.name for field in tables()["faelle"].fields])
def test_beside_a_hit_no_single_given_name_is_repeated_wherever_it_stands(office, column):
    people = ["Ahmad Al-Hassan", "Fatima Yilmaz", "Olena Kovalenko", "Anna Schneider", "Maria Weber"]
    rows = "".join(f"\n{WORD} {at} | {who}" if at == 3 else f"\n | {who}" for at, who in enumerate(people))
    for value in (WORD, f"{WORD}."):
        imported = office.hands_in(faelle=f"{column} | bemerkung{rows}".replace(f"{WORD} 3", value))

        assert not imported.accepted
        assert value not in said(imported)


def test_beside_a_hit_true_faults_are_told_by_line_column_and_harmless_value(office):
    imported = office.hands_in(
        faelle=f"geschlecht | aufnahme_am | ags | herkunftsland | sprachniveau | bemerkung\n"
        f"wblch | 31.02.2024 | 0811100 | {WORD} | B7 | Fatima Al-Hamwi\n"
        f"{WORD} | gestern | 08111000 | Ukraine | A1 | Max Mustermann\n"
        f"weiblich | 05.01.2024 | 08111000 | Ukraine | A1 | Olena Kovalenko"
    )

    told = {
        (one.line, one.column): one.value
        for group in imported.groups
        if group.column != "bemerkung"
        for one in group.findings
    }
    assert told == {
        (2, "geschlecht"): "wblch",
        (3, "geschlecht"): None,
        (2, "aufnahme_am"): "31.02.2024",
        (3, "aufnahme_am"): None,
        (2, "ags"): "0811100",
        (2, "herkunftsland"): None,
        (2, "sprachniveau"): "B7",
    }
    assert {value for group in imported.groups for value, _ in group.values} == {
        "wblch",
        "31.02.2024",
        "0811100",
        "B7",
    }


def test_beside_a_hit_in_one_sheet_no_given_name_of_another_one_is_repeated(office, tmp_path):
    book = books.xlsx(
        tmp_path / "Export.xlsx",
        faelle="fall_id | bemerkung\nF-0001 | Fatima Al-Hamwi\nF-0002 | Max Mustermann",
        ziele=f"fall_id | zielbereich\nF-0001 | {WORD}",
    )

    imported = office.hands_in(book)

    assert [(one.line, one.value) for one in imported.findings if one.column == "zielbereich"] == [(2, None)]
    assert WORD not in said(imported)


def test_without_a_hit_every_value_is_repeated(office):
    imported = office.hands_in(faelle=f"geschlecht | herkunftsland\n{WORD} | {WORD}")

    assert {one.value for one in imported.findings} == {WORD}
