"""A question says nothing that could be true, whatever number stands in it."""

import pytest

from data.questions.filters import Filters
from pages.checked import compared, understood
from pages.checked.compared import Verdict
from pages.checked.understood import Read
from pages.text.words import of
from tests.support.published import NEWEST, ULM


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    "text",
    [
        "Werden Ende 2018 in Ulm 90 Personen betreut?",
        "Werden Ende 2018 in Ulm 60 Personen betreut",
        "Ende 2018 werden in Ulm 90 Personen betreut?",
        "Stimmt es, dass in Ulm Ende 2018 90 Personen betreut werden?",
        "„Werden Ende 2018 in Ulm 90 Personen betreut?“",
        "Erhält Stuttgart 3.270.297 Euro?",
        "Were 90 people counselled in Ulm at the end of 2018?",
        "Does Stuttgart get 3,270,297 euros",
    ],
)
def test_a_question_is_neither_true_nor_false(text: str):
    (read,) = understood.read(text, "de", Filters(ULM, period="2018", edition=NEWEST), {})
    assert isinstance(read, Read)
    asked = compared.check(read, of("de"))
    assert (asked.verdict, asked.agrees, asked.is_judged) == (Verdict.ASKED, False, False)
    assert asked.right() == text
