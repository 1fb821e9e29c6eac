"""Pictures of groupings: each under its own sentence, of the whole grouping and of nobody's Kreis."""

import json
from xml.etree import ElementTree

import pytest

from data.questions import figures
from pages.named import every
from tests.pages.groupings.conftest import BOTH, ONE
from tests.support.answered import answered
from tests.support.effort import LONG

DRAWN = [
    name for name, each in figures.register().items() if each.has_picture and every.RECIPES[name].grouped
]
# One of each way of drawing; all of them, and as each kind of file, where there is time.
OF_EACH_KIND = list({figures.named(name).chart: name for name in DRAWN}.values())
ENDINGS = ("svg", "png", "pdf") if LONG else ("svg",)


@pytest.mark.long
@pytest.mark.usefixtures("constituencies")
@pytest.mark.parametrize("name", DRAWN if LONG else OF_EACH_KIND)
def test_every_figure_of_a_grouping_has_a_picture_under_its_sentence_and_its_name(name: str):
    for grouping, lang in ((BOTH, "de"), (ONE, "en")) if LONG else ((BOTH, "de"),):
        onward = answered(f"/bild/{name}.svg?grouping={grouping}&lang={lang}").headers["location"]
        query = onward.partition("?")[2]
        told = json.loads(answered(f"/satz/{name}.json?{query}").body)
        drawn = {ending: answered(f"/bild/{name}.{ending}?{query}") for ending in ENDINGS}
        assert {each.status for each in drawn.values()} == {200}
        texts = ElementTree.fromstring(drawn["svg"].body).iter()
        said = " ".join("".join(each.itertext()) for each in texts)
        assert str(told["sentence"]) in said
        assert ("Nord" if grouping == BOTH else "Süd") in said
