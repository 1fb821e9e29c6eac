"""Every kind of personal detail, planted in every table, is found, and is not repeated by anything."""

import json
import tomllib

import pytest

from data.deliveries.format import findings
from data.deliveries.format.schema import tables
from data.deliveries.handin import results
from data.foundation.settings import Settings
from tests.deliveries.conftest import Office
from tests.deliveries.guard.planted import AS_PSEUDONYMS, AS_WRITTEN, drawing, hashed, planted

PSEUDONYMS = {
    "faelle": "fall_id",
    "ziele": "ziel_id",
    "beratungen": "beratung_id",
    "verlauf": "fall_id",
    "stellen": "stelle_id",
    "mittel": "buchung_id",
}
LISTED = {
    "faelle": "geschlecht",
    "ziele": "zielbereich",
    "beratungen": "thema",
    "verlauf": "wert",
    "stellen": "traeger_art",
    "mittel": "stufe",
    "kontext": "einwohner_basis",
}
SPARES = {"lieferung": ["absender_name", "software"]}


def found(imported, table):
    """Kind -> columns of this table in which the guard found it."""
    kinds = {}
    for group in imported.groups:
        if group.rule.startswith("guard-") and group.file == f"{table}.csv":
            kinds.setdefault(group.rule.removeprefix("guard-"), set()).add(group.column)
    return kinds


def said(imported):
    """Everything that is said of a delivery, apart from where it is."""
    parts = [
        json.dumps(results.as_json(imported), ensure_ascii=False),
        results.findings(imported),
        results.outcome(imported),
        repr(imported.groups),
    ]
    return "\n".join(parts).replace(imported.path, "")


def assert_refused_without_a_word(imported, values):
    assert not imported.accepted
    everything = said(imported)
    for value in values:
        assert value not in everything, f"{value} is repeated"


def handed_in(office, table, columns):
    """The result of a delivery with these columns in one table."""
    return office.hands_in(planted(office, table, columns))


@pytest.mark.parametrize("table", tables())
def test_every_kind_is_found_in_a_column_that_the_format_does_not_know(office, table):
    columns = {f"spalte {number}": values for number, values in enumerate(AS_WRITTEN.values())}

    imported = handed_in(office, table, columns)

    hits = found(imported, table)
    missed = [
        kind for column, kind in zip(columns, AS_WRITTEN, strict=True) if column not in hits.get(kind, ())
    ]
    assert not missed
    assert_refused_without_a_word(imported, [value for values in AS_WRITTEN.values() for value in values])


@pytest.mark.parametrize("kind", AS_PSEUDONYMS)
def test_every_kind_is_found_among_the_pseudonyms_of_every_table(office, kind):
    values = AS_PSEUDONYMS[kind]

    drawn = {table: drawing({column: ["x7k2-99q", *values]}) for table, column in PSEUDONYMS.items()}
    imported = office.hands_in(**drawn | {"faelle": "fall_id\nF-0001"})  # told there, they aren't told again
    faelle = office.hands_in(faelle=drawn["faelle"])

    lines = {
        (group.file, group.column): [finding.line for finding in group.findings]
        for group in (*imported.groups, *faelle.groups)
        if group.rule == f"guard-{kind}"
    }
    for table, column in PSEUDONYMS.items():
        assert lines.get((f"{table}.csv", column)) == list(range(3, 3 + len(values))), table
    assert_refused_without_a_word(imported, values)


@pytest.mark.parametrize("kind", AS_WRITTEN)
def test_every_kind_is_found_where_the_value_list_of_a_table_refuses_it(office, kind):
    values = AS_WRITTEN[kind]

    imported = office.hands_in(**{table: drawing({column: values}) for table, column in LISTED.items()})

    for table, column in LISTED.items():
        assert column in found(imported, table).get(kind, ()), table
    assert_refused_without_a_word(imported, values)


@pytest.mark.parametrize("kind", AS_WRITTEN)
@pytest.mark.parametrize("column", SPARES["lieferung"])
def test_every_kind_is_found_in_the_text_of_lieferung(office, column, kind):
    value = AS_WRITTEN[kind][0]
    if kind == "free-text":
        value = " ".join(AS_WRITTEN[kind])
    if kind == "passport":
        value = f"Pass-Nr. {value}"

    imported = handed_in(office, "lieferung", {column: [value]})

    assert found(imported, "lieferung").get(kind) == {column}
    assert imported.head is None
    assert_refused_without_a_word(imported, [value])


ALGORITHMS = ("md5", "sha1", "sha256")
WITH_DATE = ("Fatima Hamwi 12.03.1987", "1987-03-12_hamwi")  # together with a date
WRITINGS = ("Fatima Hamwi", "Hamwi, Fatima", "fatimahamwi", "12.03.1987", "19870312", *WITH_DATE)
HASHES = [
    (algorithm, written, upper) for algorithm in ALGORITHMS for written in WRITINGS for upper in (False, True)
]


@pytest.fixture(scope="module")
def lines_of_hashes(tmp_path_factory, connection):
    """The lines of a delivery with every hash, one a row, in which one was found."""
    folder = tmp_path_factory.mktemp("hashes")
    office = Office(folder, Settings(folder / "store", "localhost", 0), connection)
    texts = [hashed(algorithm, written) for algorithm, written, _ in HASHES]
    pseudonyms = [text.upper() if upper else text for text, (_, _, upper) in zip(texts, HASHES, strict=True)]
    beside = {"Vorname": ["Fatima"], "Nachname": ["Hamwi"], "geb": ["12.03.1987"]}
    row = {name: values * len(HASHES) for name, values in beside.items()}
    imported = handed_in(office, "faelle", {"fall_id": pseudonyms, **row})
    return [
        (finding.column, finding.line) for finding in imported.findings if finding.rule == "guard-derived"
    ]


@pytest.mark.parametrize(
    ("upper", "written", "algorithm"), [(upper, written, algorithm) for algorithm, written, upper in HASHES]
)
def test_a_pseudonym_that_is_a_hash_of_what_stands_beside_it_is_found(
    lines_of_hashes, algorithm, written, upper
):
    line = HASHES.index((algorithm, written, upper)) + 2
    assert [column for column, at in lines_of_hashes if at == line] == ["fall_id"]


@pytest.mark.parametrize("written", ["fatima", "Fatima", "SCHNEIDER", "1987-03-12", "12031987"])
def test_a_hash_of_a_known_name_or_of_any_day_is_found_without_the_name(office, written):
    imported = handed_in(
        office, "faelle", {"fall_id": [hashed("sha256", written), hashed("sha256", "4711x")]}
    )

    assert [(each.rule, each.line) for each in imported.findings] == [("guard-derived", 2)]


def test_a_pseudonym_that_is_the_name_beside_it_is_found_even_if_no_list_has_it(office):
    imported = handed_in(
        office, "faelle", {"fall_id": ["Xuvrk-Zzyp"], "Vorname": ["Zzyp"], "Nachname": ["Xuvrk"]}
    )

    assert found(imported, "faelle")["derived"] == {"fall_id"}


@pytest.mark.parametrize(
    "values",
    [
        ["Lamin Jallow", "Ebrima Ceesay", "Ousman Touray", "Modou Jatta"],
        ["Tesfay Mehari", "Filmon Ghebremedhin", "Haben Tekle"],
        ["Andrii", "Svitlana", "Volodymyr"],
        ["KOVALENKO", "MÜLLER", "YILMAZ"],
        ["Fatima", "x", "y"],
        ["Frau Jallow hat Termin"],
        ["Олександр Коваленко"],
    ],
)
def test_columns_of_names_in_other_writings_are_found(office, values):
    imported = handed_in(office, "faelle", {"spalte": values})

    assert found(imported, "faelle").get("name") == {"spalte"}
    assert_refused_without_a_word(imported, [value for value in values if len(value) > 1])


@pytest.mark.parametrize(
    ("table", "column"), [("mittel", "bemessungszahl"), ("kontext", "einwohner"), ("mittel", "betrag_eur")]
)
def test_a_tax_number_proves_itself_also_where_a_count_belongs(office, table, column):
    imported = handed_in(office, table, {column: AS_PSEUDONYMS["tax-number"]})

    assert found(imported, table) == {"tax-number": {column}}
    assert_refused_without_a_word(imported, AS_PSEUDONYMS["tax-number"])


MARKED = {
    "Info": "Mutter: {}", "Nummer": "{} 2", "Merkmal": "{}; Ulm", "Zeichen": "1. {} = Pate",
    "Jahr": "{}/1987",
    "Stern": "{}*", "Frage": "{}?",
}  # fmt: skip


def test_full_names_beside_other_signs_are_found_and_are_not_repeated(office):
    people = ["Haddad, Ahmad", "Fatima Yilmaz", "Olena Kovalenko", "Peter Müller"]
    rows = [" | ".join(form.format(who) for form in MARKED.values()) for who in people]
    harmless = [
        "Deutsch B1 + EDV | Gruppe Nord 2 | Bau; Handwerk | Haus Maria 4 | Ende Juni 2025 | grün* | rot?"
    ] * 20
    lines = [f"F{at} | {row}" for at, row in enumerate([*rows, *harmless])]

    imported = office.hands_in(faelle="\n".join([f"fall_id | {' | '.join(MARKED)}", *lines]))

    # Of single words beside a sign half have to be names; with a digit beside it may be a room.
    assert found(imported, "faelle") == {"name": {*MARKED}}
    assert_refused_without_a_word(imported, ["Haddad", "Yilmaz", "Kovalenko", "Müller"])


def test_who_stands_in_a_note_within_a_table_is_found_and_is_not_repeated(office):
    rows = "F1 | 08111000 | 01.01.2024\nStand: 30.09.2026, Peter Müller | |\nF2 | 08111000 | 01.01.2024"

    imported = office.hands_in(faelle=f"fall_id | ags | aufnahme_am\n{rows}")

    assert imported.counts["guard-outside"] == 1
    assert_refused_without_a_word(imported, ["Peter", "Müller"])


@pytest.mark.parametrize(("table", "column"), [("beratungen", "dauer_min"), ("mittel", "haushaltsjahr")])
def test_a_number_above_what_its_column_allows_may_be_one_of_a_person(office, table, column):
    imported = handed_in(office, table, {column: AS_PSEUDONYMS["azr-number"]})

    assert found(imported, table) == {"azr-number": {column}}
    assert_refused_without_a_word(imported, AS_PSEUDONYMS["azr-number"])


def test_every_rule_of_the_guard_is_reached_above_or_below():
    rules = tomllib.loads((findings.RULES / "guard.toml").read_text("utf-8"))
    kinds = {f"guard-{kind}" for kind in AS_WRITTEN}
    assert set(rules) == {
        *kinds,
        "guard-derived",
        "guard-heading",
        "guard-outside",
        "guard-title",
        "empty-text",
        "special-column",
        "not-kept",
    }
