"""Wrong addresses of every kind: each is refused by a sentence of ours, and nothing that came is in it."""

import pytest

from tests.support.answered import answered
from tests.support.published import EMBARGOED, OLD, ULM

ACTIVE = "/daten/caseload_active.csv"
MARK = "Qz7Kb"  # in whatever is wrong: no answer may hold it
# The address, the status, a word of the sentence.
WRONG = [
    (f"/daten/{MARK}.csv", 404, "keine Datei"),
    ("/daten/caseload_active", 404, "keine Datei"),
    (f"/daten/caseload_active.{MARK}", 404, "keine Datei"),
    ("/daten/caseload_active.pdf", 404, "keine Datei"),
    ("/daten/caseload_active.CSV", 404, "keine Datei"),
    ("/daten/Caseload_active.csv", 404, "keine Datei"),
    ("/daten/.csv", 404, "keine Datei"),
    ("/daten/", 404, "keine Datei"),
    (f"/daten/a/{MARK}.csv", 404, "keine Datei"),
    (f"/daten/../../{MARK}.csv", 404, "keine Datei"),
    (f"/daten/caseload_active.csv/{MARK}", 404, "keine Datei"),
    (f"/daten/{MARK * 2000}.csv", 404, "keine Datei"),
    (f"/papier/{MARK}.pdf", 404, "keine Datei"),
    ("/papier/gebiet.csv", 404, "keine Datei"),
    (f"{ACTIVE}?{MARK}=1", 400, "eine Angabe"),
    (f"{ACTIVE}?area_code={ULM}&{MARK}=", 400, "eine Angabe"),
    (f"{ACTIVE}?AREA_CODE={ULM}", 400, "eine Angabe"),
    (f"{ACTIVE}?edition={OLD}", 400, "eine Angabe"),
    (f"{ACTIVE}?audience=internal{MARK}", 400, "eine Angabe"),
    (f"{ACTIVE}?programme={MARK}", 400, "eine Angabe"),
    (f"{ACTIVE}?grouping={MARK}", 400, "eine Angabe"),
    (f"{ACTIVE}?area_code={MARK}", 400, "area_code"),
    (f"{ACTIVE}?area_code=99999999", 400, "area_code"),
    (f"{ACTIVE}?area_code={ULM}%00", 400, "area_code"),
    (f"{ACTIVE}?area_code={ULM}%20", 400, "area_code"),
    (f"{ACTIVE}?area_code={ULM}'%20or%201=1--{MARK}", 400, "area_code"),
    (f"{ACTIVE}?area_code=%3Cscript%3E{MARK}%3C/script%3E", 400, "area_code"),
    (f"{ACTIVE}?area_code=%0d%0aLocation:%20//{MARK}", 400, "area_code"),
    (f"{ACTIVE}?area_code={{{MARK}}}", 400, "area_code"),
    (f"{ACTIVE}?area_code=08&area_code={MARK}", 400, "area_code steht mehrmals"),
    (f"{ACTIVE}?compare={MARK}", 400, "compare"),
    (f"{ACTIVE}?period={MARK}", 400, "period"),
    (f"{ACTIVE}?period=1999-Q1", 400, "period"),
    (f"{ACTIVE}?period=2018-Q5", 400, "period"),
    (f"{ACTIVE}?lang={MARK}", 400, "Sprache"),
    (f"{ACTIVE}?lang=../en", 400, "Sprache"),
    (f"{ACTIVE}?release={MARK}", 404, "Veröffentlichung"),
    (f"{ACTIVE}?release=../{OLD}", 404, "Veröffentlichung"),
    (f"{ACTIVE}?release={EMBARGOED}", 404, "Veröffentlichung"),
    (f"{ACTIVE}?release={OLD}%2F..%2F{OLD}", 404, "Veröffentlichung"),
    (f"{ACTIVE}?area_code=%FF%FE{MARK}", 400, "nicht lesbar"),
    (f"{ACTIVE}?area_code=ü{MARK}", 400, "nicht lesbar"),
    (f"{ACTIVE}?{'&'.join(f'x{at}={MARK}' for at in range(30))}", 400, "nicht lesbar"),
    (f"{ACTIVE}?area_code={MARK * 1000}", 400, "zu lang"),
    (f"/daten/overview_map.csv?measure={MARK}", 400, "measure"),
    (f"/daten/overview_map.csv?level=land{MARK}", 400, "level"),
    (f"/daten/overview_compared.csv?compared={MARK}", 400, "compared"),
    (f"/daten/funds_stages.csv?programme={MARK}", 400, "programme"),
    (f"/daten/goals_cohort.csv?goal_area={MARK}", 400, "goal_area"),
    (f"/daten/goals_cohort.csv?area_code={ULM}&goal_area=deutsch{MARK}", 400, "goal_area"),
    (f"/daten/caseload_two_days.csv?since={MARK}", 400, "since"),
    ("/daten/grouping_active.csv", 400, "Gruppierungen"),
    (f"/daten/grouping_active.csv?grouping={MARK}", 400, "Diese Gruppierung"),
    (f"/daten/grouping_active.csv?area_code={ULM}", 400, "eine Angabe"),
    (f"/papier/gebiet.pdf?area_code={MARK}", 400, "area_code"),
    (f"/papier/gebiet.pdf?goal_area={MARK}", 400, "eine Angabe"),
    (f"/papier/gebiet.pdf?grouping={MARK}", 400, "eine Angabe"),
]


@pytest.mark.usefixtures("public")
def test_a_wrong_address_is_refused_by_a_sentence_that_repeats_nothing_of_it():
    for address, status, said in WRONG:
        answer = answered(address, host=f"{MARK}.example")
        told = answer.body.decode()
        assert (answer.status, said in told) == (status, True), (address, answer.status, told)
        assert told.endswith(".\n"), address
        assert told.count("\n") == 1, address
        assert MARK not in told + str(answer.headers), address
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "location" not in answer.headers


@pytest.mark.usefixtures("public")
def test_a_refusal_is_in_the_language_that_is_asked_for():
    for address in (f"{ACTIVE}?period=1999&lang=en", f"/daten/{MARK}.csv?lang=en", f"{ACTIVE}?x=1&lang=en"):
        answer = answered(address)
        assert answer.headers["content-language"] == "en"
        assert answer.body.decode().startswith(("The ", "There "))


@pytest.mark.usefixtures("public")
def test_an_empty_parameter_counts_as_none():
    answer = answered(f"{ACTIVE}?area_code={ULM}&compare=&period=")
    assert answer.status == 307
    assert "compare" not in answer.headers["location"]
