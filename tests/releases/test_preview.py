"""What a release would change is told before; nothing of it is published, and then just that is."""

import pytest

from data import publish
from data.access.rights import PUBLIC
from data.disclosure.published import Gap, is_number
from data.publish import NoFiguresError
from data.questions.filters import Filters
from data.releases import draft, make, manifest, preview, shelf
from data.releases.preview import MEASURES
from tests.releases.conftest import LANGENAU, STUTTGART, ULM, cases, faelle, office, prepared, quarter
from tests.support import stores, whole
from tests.support.figures import Figures

EHINGEN = "08425033"
HEIDENHEIM = "08135"
# Ten people in each of so many Kreise that the Land has a figure; the office itself is in three.
OTHER_KREISE = sorted({*whole.half("08")} - {"08421", "08425", "08111"})
OTHERS = whole.lines(OTHER_KREISE, "F{number} | {area_code} | 01.02.2018 | 01.02.2018 | 18-26")


class BuildsAnewError(Exception):
    """A step was told: figures are being made."""


def building(step):
    """Ends a release as soon as it makes figures of its own."""
    raise BuildsAnewError


@pytest.fixture(scope="session")
def later(tmp_path_factory):
    """Half of the Land has released 2018; then 40 people in Ehingen are delivered until June 2019."""

    def of_june(folder):
        figures = office(folder, OTHERS)
        figures.release()
        more = faelle(cases(range(5000, 5040), EHINGEN))
        figures.hand_in(sender="lra-b", reporting_date="30.06.2019", faelle=more)
        return prepared(figures)

    folder = stores.once(tmp_path_factory, "later", of_june)
    return Figures(folder), stores.told(folder)


def test_it_tells_the_figures_of_the_land_before_and_after_at_the_newest_period_of_both(later):
    _, told = later
    assert (told.before, told.period) == ("2018-Q4", "2018-Q4")
    land = {each.name: each for each in told.land}
    assert tuple(land) == MEASURES
    before = 210 + 10 * len(OTHER_KREISE)
    assert abs(land["active_cases"].before - before) <= 5
    assert abs(land["active_cases"].after - (before + 40)) <= 5
    assert land["attainment_in_12"].after is Gap.UNKNOWN


def test_it_tells_which_municipalities_change_and_only_those(later):
    _, told = later
    assert {each.area_code for each in told.places} == {EHINGEN}
    (active,) = [each for each in told.places if each.name == "active_cases"]
    assert active.before is Gap.WITHHELD or active.before is Gap.UNKNOWN
    assert abs(active.after - 40) <= 5


def test_it_tells_new_periods_revised_cells_and_who_is_behind(later):
    _, told = later
    assert {"2019-Q1", "2019-Q2", "2019-06"} <= set(told.new_periods)
    assert not [each for each in told.new_periods if each.startswith("2018")]
    assert told.draft.revised["cases"] > 0
    until = {each.area_code: (each.before, each.after) for each in told.kreise}
    assert len(until) == 44
    assert until["08421"] == ("2018-12", "2018-12")
    assert until[HEIDENHEIM] == (None, None)
    assert "08421" in {each.area_code for each in told.behind}


def test_nothing_of_it_is_published_or_can_be_asked_for(later, monkeypatch):
    figures, told = later
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    assert [entry.name for entry in shelf.entries(figures.settings.store)] == ["2018-Q4"]
    for name in (told.draft.name, draft.FOLDER):
        with pytest.raises(NoFiguresError):
            publish.ask("goals/plans", Filters(edition=name), PUBLIC)
    mapped = preview.answer(figures.settings, "publishing/areas", Filters(level="gemeinde", period="2018-Q4"))
    assert is_number(mapped.cell("active_cases", area_code=EHINGEN))
    assert mapped.cell("active_cases", area_code=STUTTGART) == publish.ask(
        "goals/plans", Filters(area_code=STUTTGART, period="2018-Q4"), PUBLIC
    ).cell("active_cases", period="2018-Q4")


def test_what_was_previewed_is_published_byte_by_byte(previewed):
    figures, told = previewed
    assert told.before is None
    assert {each.before for each in told.land} == {Gap.UNKNOWN}
    assert preview.waiting(figures.settings).is_current
    made = make.make(figures.settings, building)  # which would not let it build anything
    assert (made.name, made.sha256) == (told.draft.name, told.draft.sha256)
    assert manifest.sha256(shelf.database(figures.settings.store, made.name)) == told.draft.sha256
    assert preview.waiting(figures.settings) is None


def test_a_preview_that_is_older_than_a_delivery_is_not_published(previewed):
    figures, told = previewed
    figures.hand_in(sender="lra-b", reporting_date="31.12.2018", faelle=faelle(cases([5000], EHINGEN)))
    assert not preview.waiting(figures.settings).is_current
    made = figures.release()
    assert made.sha256 != told.draft.sha256
    assert [each["sender"] for each in made.deliveries] == ["amt-a", "lra-b"]


def test_a_preview_of_another_name_or_whose_file_is_gone_or_changed_is_built_anew(previewed):
    figures, told = previewed
    with pytest.raises(BuildsAnewError):
        make.make(figures.settings, building, make.Terms(name="2018-Jahr"))
    file = draft.waiting_database(figures.settings.store, told.draft.sha256)
    whole_file = file.read_bytes()
    file.unlink()
    with pytest.raises(BuildsAnewError):
        make.make(figures.settings, building)
    file.write_bytes(whole_file + b"x")
    made = figures.release()
    assert made.sha256 != told.draft.sha256
    assert made.sha256 == manifest.sha256(shelf.database(figures.settings.store, made.name))
    assert make.last(figures.settings.store) == made


def test_an_attack_that_succeeds_is_told_and_such_a_preview_is_not_published(tmp_path):
    figures = office(tmp_path)

    def attack(release, truth):
        return {"passed": False, "named": 3}

    told = prepared(figures, attacks=attack)
    assert (told.may_be_published, told.draft.red_team["named"]) == (False, 3)
    with pytest.raises(make.AttackSucceededError, match=r"Nothing was published.*other ones"):
        figures.release(attacks=attack)
    assert shelf.entries(figures.settings.store) == ()
    assert {ULM, LANGENAU} <= {each.area_code for each in told.places}


def test_keys_with_which_an_attack_succeeds_before_the_first_release_are_not_used_again(tmp_path):
    figures = quarter(tmp_path)
    keys = figures.settings.keys
    prepared(figures, attacks=lambda release, truth: {"passed": False})
    (failed,) = keys.parent.glob("release-keys.json.until-*")
    assert not keys.exists()
    made = figures.release(new_keys=True, attacks=lambda release, truth: {"passed": True})
    assert keys.read_bytes() != failed.read_bytes()
    with pytest.raises(make.AttackSucceededError, match="new-series"):
        figures.release(name="later", attacks=lambda release, truth: {"passed": False})
    assert make.last(figures.settings.store) == made
    assert len(list(keys.parent.glob("release-keys*"))) == 2
