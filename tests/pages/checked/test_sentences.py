"""40 sentences that are true and 40 that are not, beside one small store of releases: all by functions.

Ulm has 90 people (60 before its revision), 72 % of them with a plan, the Alb-Donau-Kreis 81, Ehingen 80;
Langenau is withheld. Amounts of money are the published ones, those of the press release of 08.01.2018 among
them: 116 million euros of the Land, 3,270,297 of Stuttgart, the most of all municipalities.
"""

from dataclasses import replace

import pytest

from data.foundation import areas
from data.questions import figures, measures
from data.questions.filters import Filters
from pages.checked import amounts, compared, mentions, understood
from pages.checked.compared import Checked, Verdict
from pages.checked.rest import Rest
from pages.checked.understood import Question, Read
from pages.figures.wanted import Wanted
from pages.named import every
from pages.text.words import of
from tests.support.opened import opened, said
from tests.support.published import NEWEST, OLD, ULM
from tests.support.taken import links

CHOSEN = Filters(ULM, period="2018", edition=NEWEST)
TRUE = """
Ende 2018 werden in Ulm 90 Personen betreut.
Ende 2018 werden in Ulm neunzig Personen betreut.
In Ulm wurden 2018 rund 90 Menschen betreut.
In Ulm werden Ende 2018 etwa 88 Personen betreut.
Mehr als 80 Personen werden Ende 2018 in Ulm betreut.
Ulm: knapp 100 Personen in Beratung (Ende 2018).
Mindestens 90 Geflüchtete werden Ende 2018 in Ulm betreut.
Höchstens neunzig Personen werden Ende 2018 in Ulm betreut.
Weniger als hundert Personen werden Ende 2018 in Ulm betreut.
Im 4. Quartal 2018 wurden in Ulm 90 Personen betreut.
Im vierten Quartal 2018 betreute Ulm 90 Personen.
Am 31.12.2018 wurden in Ulm 90 Personen betreut.
Im März 2019 wurden in Ulm 90 Personen betreut.
Der Alb-Donau-Kreis betreut Ende 2018 81 Personen.
Im Alb-Donau-Kreis wurden im Dezember 2018 einundachtzig Personen betreut.
In Ehingen werden Ende 2018 80 Personen betreut.
In Ehingen (Donau) werden Ende 2018 gut 75 Personen betreut.
Im Jahr 2018 gab es in Ulm 90 neue Fälle.
2018 haben in Ehingen achtzig Personen die Beratung begonnen.
72 Prozent der Betreuten in Ulm hatten Ende 2018 einen Integrationsplan.
Ende 2018 hatten in Ulm 72,2 % einen Integrationsplan.
Knapp drei Viertel der Betreuten in Ulm haben Ende 2018 einen Integrationsplan.
Gut zwei Drittel der Personen in Ulm haben Ende 2018 einen Integrationsplan.
Mehr als die Hälfte der Betreuten in Ulm hatte Ende 2018 einen Integrationsplan.
Das Land stellt 116 Millionen Euro für zwei Jahre zur Verfügung.
Das Land stellt 2017 und 2018 rund 116 Mio. Euro für das Integrationsmanagement zur Verfügung.
Stuttgart erhält 3.270.297 Euro.
Stuttgart bekommt 2018 rund 3,3 Millionen Euro.
Mit mehr als drei Millionen Euro erhält Stuttgart die meisten Mittel.
Ettlingen erhielt 2017 122.078 Euro.
2025 stehen in Baden-Württemberg 58 Millionen Euro zur Verfügung.
At the end of 2018, 90 people were counselled in Ulm.
At the end of 2018, ninety people were counselled in Ulm.
Nearly three quarters of the people in Ulm had an integration plan at the end of 2018.
In the fourth quarter of 2018, more than two thirds of the people in Ulm had an integration plan.
At least eighty people were counselled in Ehingen at the end of 2018.
In December 2018, 81 people were counselled in the Alb-Donau-Kreis.
In 2018, eighty people began counselling in Ehingen.
The state provides 116 million euros for two years.
Stuttgart gets 3,270,297 euros.
Stuttgart receives about 3.3 million euros in 2018.
"""
FALSE = """
Ende 2018 werden in Ulm 60 Personen betreut.
Ende 2018 werden in Ulm sechzig Personen betreut.
In Ulm wurden 2018 rund 120 Menschen betreut.
In Ulm werden Ende 2018 etwa 900 Personen betreut.
Mehr als 100 Personen werden Ende 2018 in Ulm betreut.
Ulm: knapp 80 Personen in Beratung (Ende 2018).
Mindestens 100 Geflüchtete werden Ende 2018 in Ulm betreut.
Höchstens siebzig Personen werden Ende 2018 in Ulm betreut.
Weniger als fünfzig Personen werden Ende 2018 in Ulm betreut.
Im 4. Quartal 2018 wurden in Ulm 190 Personen betreut.
Im vierten Quartal 2018 betreute Ulm 9 Personen.
Am 31.12.2018 wurden in Ulm 1.090 Personen betreut.
Im März 2019 wurden in Ulm 70 Personen betreut.
Der Alb-Donau-Kreis betreut Ende 2018 90 Personen.
Im Alb-Donau-Kreis wurden im Dezember 2018 achtzehn Personen betreut.
In Ehingen werden Ende 2018 800 Personen betreut.
In Ehingen (Donau) werden Ende 2018 gut 90 Personen betreut.
Im Jahr 2018 gab es in Ulm 60 neue Fälle.
2018 haben in Ehingen vierzig Personen die Beratung begonnen.
27 Prozent der Betreuten in Ulm hatten Ende 2018 einen Integrationsplan.
Ende 2018 hatten in Ulm 52,2 % einen Integrationsplan.
Knapp ein Viertel der Betreuten in Ulm haben Ende 2018 einen Integrationsplan.
Gut ein Drittel der Personen in Ulm hat Ende 2018 einen Integrationsplan.
Weniger als die Hälfte der Betreuten in Ulm hatte Ende 2018 einen Integrationsplan.
Das Land stellt 160 Millionen Euro für zwei Jahre zur Verfügung.
Das Land stellt 2017 und 2018 rund 11,6 Mio. Euro für das Integrationsmanagement zur Verfügung.
Stuttgart erhält 3.720.297 Euro.
Stuttgart bekommt 2018 rund 2,3 Millionen Euro.
Mit mehr als sieben Millionen Euro erhält Stuttgart die meisten Mittel.
Ettlingen erhielt 2017 221.078 Euro.
2025 stehen in Baden-Württemberg 85 Millionen Euro zur Verfügung.
At the end of 2018, 60 people were counselled in Ulm.
At the end of 2018, nineteen people were counselled in Ulm.
Nearly half of the people in Ulm had an integration plan at the end of 2018.
In the fourth quarter of 2018, more than nine out of ten people in Ulm had an integration plan.
At least one hundred and eighty people were counselled in Ehingen at the end of 2018.
In December 2018, 18 people were counselled in the Alb-Donau-Kreis.
In 2018, eighteen people began counselling in Ehingen.
The state provides 16 million euros for two years.
Stuttgart gets 3,270 euros.
Stuttgart receives about 33 million euros in 2018.
"""
# The number is a published one, and the sentence is not true, or says what nobody published.
MORE = """
Ende 2018 werden in Ulm 90 Menschen aus Syrien betreut.
90 ukrainische Geflüchtete werden Ende 2018 in Ulm betreut.
Ende 2018 werden in Ulm nicht 90 Personen betreut.
Ende 2018 werden in Ulm 90 Personen mehr betreut als im Vorjahr.
Die Zahl der betreuten Personen stieg in Ulm 2018 um 90.
Anfang 2018 werden in Ulm 90 Personen betreut.
Am 1. Dezember 2018 wurden in Ulm 90 Personen betreut.
Seit 2018 gab es in Ulm 90 neue Fälle.
Pro Monat gab es 2018 in Ulm 90 neue Fälle.
Ende 2018 gab es in Ulm 90 neue Fälle.
2018 gab es in Ulm 90 neue Fälle im Monat.
Im Jahr gibt es in Ulm 90 neue Fälle.
Im März 2019 gab es in Ulm 30 neue Fälle.
In München werden Ende 2018 90 Personen betreut.
Im Landkreis Ehingen werden Ende 2018 80 Personen betreut.
Außerhalb von Ulm werden Ende 2018 90 Personen betreut.
90 Personen warten Ende 2018 in Ulm darauf, betreut zu werden.
Die Fälle werden Ende 2018 in Ulm von 90 Personen betreut.
72 Prozent der Betreuten in Ulm hatten Ende 2018 keinen Integrationsplan.
Ende 2018 ist in Ulm der Anteil mit Integrationsplan um 72 Prozent gestiegen.
In Ulm werden Ende 2018 mit 90 Personen mehr Menschen betreut als in jedem anderen Kreis.
Das Land kürzte 2017 und 2018 die Mittel um 116 Millionen Euro.
Das Land stellt 116 Millionen Euro für zehn Jahre zur Verfügung.
Stuttgart erhält 3.270.297 Euro weniger.
Stuttgart stellt 3.270.297 Euro zur Verfügung.
Stuttgart gives the state 3,270,297 euros.
At the end of 2018, 90 people from Syria were counselled in Ulm.
At the beginning of 2018, 90 people were counselled in Ulm.
In Ulm, 90 fewer people were counselled at the end of 2018.
72 percent of the people in Ulm did not have an integration plan at the end of 2018.
"""


def checked(text: str, **given: str) -> Checked:
    found = understood.read(text, "de", CHOSEN, given)
    assert [type(each) for each in found] == [Read], (text, found)
    (one,) = found
    assert isinstance(one, Read)
    return compared.check(one, of("de"))


@pytest.mark.usefixtures("public")
def test_forty_sentences_are_true_and_forty_are_not():
    every_true, every_false = TRUE.strip().splitlines(), FALSE.strip().splitlines()
    assert min(len(every_true), len(every_false)) >= 40
    assert [text for text in every_true if not checked(text).agrees] == []
    wrong = [(text, found) for text in every_false if (found := checked(text)).verdict is not Verdict.DIFFERS]
    assert wrong == []
    # The sentence as it would be right is right.
    for text in every_false[::3]:
        corrected = checked(text).right()
        assert corrected != text
        assert checked(corrected).agrees, (text, corrected)


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("text", MORE.strip().splitlines())
def test_a_published_number_makes_no_sentence_true_that_says_more(text: str):
    (found,) = understood.read(text, "de", CHOSEN, {})
    if isinstance(found, Question):
        return
    answer = compared.check(found, of("de"))
    assert answer.verdict in (Verdict.UNREAD, Verdict.UNKNOWN), answer.verdict
    assert answer.verdict is Verdict.UNKNOWN or answer.unread
    assert answer.right() == text


@pytest.mark.usefixtures("public")
def test_a_sentence_of_the_release_is_true_in_all_its_words_and_no_other_is():
    for lang in ("de", "en"):
        wanted = Wanted(Filters(ULM, period="2018", edition=NEWEST), of(lang), alone=True)
        (figure,) = every.of("goals_plan_rate", wanted)
        text = f"{figure.heading}."
        (found,) = understood.read(text, lang, CHOSEN, {})
        assert isinstance(found, Read)
        # As with "10 % weniger als ein Jahr zuvor", which is said where there is a year before.
        more = replace(found, left=Rest(("weniger", "als", "zuvor")))
        assert compared.check(more, of("de")).verdict is Verdict.LITERAL, text
        assert compared.check(replace(more, text=f"{text[:-1]} nicht."), of("de")).verdict is Verdict.UNREAD
        (other,) = understood.read(text.replace("Ulm", "Ulm und um Ulm herum"), lang, CHOSEN, {})
        assert not isinstance(other, Read) or not compared.check(other, of("de")).agrees
    # What lies between two shares is no share.
    amount = amounts.found("3,7 Prozentpunkte", "de")[0]
    assert (amount.unit, amount.value) == ("points", 3.7)


@pytest.mark.usefixtures("public")
def test_a_rank_is_looked_up_among_all_of_the_level():
    first = "Mit 81 betreuten Personen hat der Alb-Donau-Kreis Ende 2018 die meisten Betreuten."
    assert (checked(first).verdict, checked(first).other) == (Verdict.TIED, "")
    # 90 against 80 may be 85 of each: only what is surely ahead is said to be.
    assert (
        checked("Mit 80 betreuten Personen hat Ehingen Ende 2018 die meisten Betreuten.").verdict
        is Verdict.TIED
    )
    money = checked("Mit 122.078 Euro erhält Ettlingen 2017 die meisten Mittel.")
    assert (money.verdict, areas.level(money.other)) == (Verdict.RANK, areas.GEMEINDE)
    assert money.right() == money.read.text
    # Of two Kreise the amounts of 2025 are known, of the other 42 not.
    alone = checked("Mit 793.000 Euro erhält der Zollernalbkreis 2025 die meisten Mittel.")
    assert alone.verdict is Verdict.TIED
    wrong = checked("Mit 900.000 Euro erhält der Zollernalbkreis 2025 die meisten Mittel.")
    assert (wrong.verdict, wrong.is_judged) == (Verdict.DIFFERS, False)
    most = checked("Die meisten Betreuten in Ulm, 72 Prozent, hatten Ende 2018 einen Integrationsplan.")
    assert (most.verdict, most.unread) == (Verdict.UNREAD, ("meisten",))


def test_a_month_is_its_quarter_only_for_what_stands_at_the_end_of_both():
    def when(text: str) -> tuple[str, ...]:
        (found,) = understood.read(text, "de", CHOSEN, {})
        assert isinstance(found, Read)
        return found.periods

    assert when("Im März 2019 werden in Ulm 90 Personen betreut.") == ("2019-Q1",)
    assert when("Im Februar 2019 werden in Ulm 90 Personen betreut.") == ("2019-02",)
    assert when("Im März 2019 gab es in Ulm 90 neue Fälle.") == ("2019-03",)
    assert when("Im März 2019 werden im Alb-Donau-Kreis 81 Personen betreut.") == ("2019-03", "2019-Q1")
    assert when("Im März 2019 gab es im Alb-Donau-Kreis 81 neue Fälle.") == ("2019-03",)


@pytest.mark.usefixtures("public")
def test_a_town_and_the_kreis_of_its_name_are_told_apart():
    assert mentions.kreis("08118048") == "08118"
    assert (mentions.kreis(ULM), mentions.kreis("08118"), mentions.kreis("08425033")) == ("", "", "")
    assert mentions.placed("In der Verwaltungsgemeinschaft Ehingen (Donau)")[0].codes == ("084255005",)
    assert mentions.placed("In der Verwaltungsgemeinschaft Ehingen")[0].codes == ("084255005",)
    none = checked("Zwischen 2018 und 2025 wurden in Ulm 90 Personen betreut.")
    assert none.verdict is Verdict.UNREAD


@pytest.mark.usefixtures("public")
def test_how_a_number_agrees_is_told_apart_and_since_when():
    exact = checked("Ende 2018 werden in Ulm 90 Personen betreut.")
    assert exact.verdict is Verdict.AGREES
    assert exact.since is not None
    assert (exact.since.name, exact.was) == (NEWEST, None)
    assert checked("Ende 2018 werden in Ulm rund 90 Personen betreut.").verdict is Verdict.ROUNDED
    # Off by at most five: what lies within can't be told from what is published, six beyond can.
    assert checked("Ende 2018 werden in Ulm 95 Personen betreut.").verdict is Verdict.BOUNDS
    assert checked("Ende 2018 werden in Ulm 96 Personen betreut.").verdict is Verdict.DIFFERS
    # Money does not deviate.
    assert checked("Stuttgart erhält 3.270.298 Euro.").verdict is Verdict.DIFFERS
    before = checked("Ende 2018 werden in Ulm 60 Personen betreut.")
    assert before.was is not None
    assert before.was.name == OLD
    assert before.found.figure.code.startswith("IM-19Q1-")
    same = checked("Ende 2018 werden in Ehingen 80 Personen betreut.")
    assert same.since is not None
    assert same.since.name == OLD


@pytest.mark.usefixtures("public")
def test_posts_needed_agree_with_the_digits_that_were_published_and_no_more():
    """90 people are 1.125 posts; published are 1.1, since five people are 0.06 of one."""
    for number, verdict in (
        ("1,1", Verdict.AGREES),
        ("1,13", Verdict.BOUNDS),
        ("1,2", Verdict.BOUNDS),
        ("1,4", Verdict.DIFFERS),
    ):
        found = checked(f"Ende 2018 wären in Ulm {number} VZÄ nötig gewesen.")
        assert (number, found.verdict, found.unread) == (number, verdict, ())
        assert found.right() == "Ende 2018 wären in Ulm 1,1 VZÄ nötig gewesen."
    assert found.value(of("de")).replace("\xa0", " ") == "1,1 VZÄ"


@pytest.mark.usefixtures("public")
def test_what_is_withheld_and_what_is_not_delivered_is_neither_right_nor_wrong():
    withheld = checked("Ende 2018 werden in Langenau 4 Personen betreut.")
    assert (withheld.verdict, withheld.agrees) == (Verdict.WITHHELD, False)
    assert withheld.right() == withheld.read.text
    assert checked("In Ulm gab es 2018 400 Beratungen.").verdict is Verdict.UNKNOWN


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("text", "kind", "options"),
    [
        ("In Altheim werden Ende 2018 20 Personen betreut.", "place", ("08425004", "08426008")),
        ("In Ulm und Ehingen werden Ende 2018 90 Personen betreut.", "place", (ULM, "08425033")),
        ("In Ulm werden 90 oder 80 Personen betreut.", "number", ("90", "80")),
        ("2018-Q4 und 2019-Q1 werden in Ulm 90 Personen betreut.", "period", ("2018-Q4", "2019-Q1")),
        ("In Ulm werden Personen betreut.", "number", ()),
        ("", "number", ()),
    ],
)
def test_what_is_not_plain_is_asked_and_the_answer_taken(text: str, kind: str, options: tuple[str, ...]):
    (asked,) = understood.read(text, "de", CHOSEN, {})
    assert isinstance(asked, Question)
    assert (asked.kind, asked.options) == (kind, options)
    (strange,) = understood.read(text, "de", CHOSEN, {kind: "<script>"})
    assert strange == asked
    if options:
        (read,) = understood.read(text, "de", CHOSEN, {kind: options[0]})
        assert isinstance(read, Read)


@pytest.mark.usefixtures("public")
def test_a_number_without_a_measure_offers_those_of_its_kind():
    (asked,) = understood.read("In Ulm sind es 72 Prozent.", "de", CHOSEN, {})
    assert isinstance(asked, Question)
    assert (asked.kind, "plan_rate" in asked.options, "active_cases" in asked.options) == (
        "measure",
        True,
        False,
    )
    assert checked("In Ulm sind es 72 Prozent.", measure="plan_rate").agrees


@pytest.mark.usefixtures("public")
def test_a_paragraph_is_read_sentence_by_sentence_and_keeps_its_place():
    text = (
        "Ulm legt Zahlen vor. Ende 2018 werden 90 Personen betreut. 72 Prozent haben einen Integrationsplan."
    )
    found = understood.read(text, "de", Filters("08", period="2019-Q1"), {})
    assert [(type(each), getattr(each, "place", ""), getattr(each, "periods", ())) for each in found] == [
        (Read, ULM, ("2018",)),
        (Read, ULM, ("2018",)),
    ]
    (alone,) = understood.read("Es werden 90 Personen betreut.", "de", CHOSEN, {})
    assert isinstance(alone, Read)
    assert (alone.place, alone.assumed) == (ULM, ("place", "period"))
    # However long and strange, it is read in a moment.
    assert len(understood.read("Ulm 90 Personen betreut. " * 5000, "de", CHOSEN, {})) <= understood.MOST


@pytest.mark.usefixtures("public")
def test_the_page_says_it_and_what_is_typed_is_no_markup_and_in_no_address():
    page = opened("factcheck", area_code=ULM, period="2018")
    typed = "Es werden 60 <b>Personen</b> [betreut](http://x.example)."
    page.text_area(key="claim").set_value(typed).run()
    assert not page.exception
    assert [*page.error, *page.code] == []
    assert not [each.value for each in page.markdown if "<b>" in each.value.replace("\\<b", "")]
    (warned,) = [each.value for each in page.warning]
    assert "„b“" in warned
    assert "Ulm, 2018: **90**" in said(page)
    page.text_area(key="claim").set_value("Werden 90 Personen betreut?").run()
    assert [each.value for each in page.info] == [of("de").t("factcheck.verdict.asked")]
    assert "Ulm, 2018: **90**" in said(page)
    assert [*page.success, *page.error, *page.code] == []
    page.text_area(key="claim").set_value("Es werden 60 Personen betreut.").run()
    assert [each.value for each in page.error] == [of("de").t("factcheck.verdict.differs")]
    assert "Ulm, 2018: **90**" in said(page)
    assert "keinen Ort und Zeitraum" in said(page)
    assert "wurde seither **berichtigt**" in said(page)
    (taken,) = page.code
    assert taken.value.startswith("Es werden 90 Personen betreut.")
    code = taken.value.rpartition(" ")[2]
    assert links(page) == [f"/z/{code}?lang=de"]
    assert "claim" not in page.query_params


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("zweitausenddreihundertfünfundvierzig", "de", 2345),
        ("einhundertsechzehntausend", "de", 116000),
        ("siebzehn", "de", 17),
        ("two thousand three hundred and forty-five", "en", 2345),
        ("one hundred", "en", 100),
        ("Stadt", "de", None),
        ("and", "en", None),
    ],
)
def test_number_words_are_numbers(text: str, lang: str, number: int | None):
    assert amounts.word(text, lang) == number


def test_every_measure_that_can_be_checked_has_a_figure_and_its_names():
    known = mentions.known()
    assert set(known) >= {"active_cases", "plan_rate", "fill_rate", "approved_eur", "per_1000"}
    for each in known.values():
        assert each.figure in figures.register()
        assert all(each.patterns[lang] for lang in mentions.LANGUAGES)
        for lang in mentions.LANGUAGES:
            if each.column in measures.register() and each.unit != "eur":
                name = measures.register()[each.column].text("name", lang)
                assert each.column in [hit.column for hit, _ in mentions.measured(f"{name}: 3", lang)]
    assert mentions.placed("im Landkreis Karlsruhe")[0].codes == ("08215",)
    assert mentions.placed("in Karlsruhe")[0].codes == ("08212000",)
    assert mentions.placed("Stuttgarts Zahlen")[0].codes == ("08111000",)
    assert areas.LAND in mentions.placed("in Baden-Württemberg")[0].codes
