"""The palette is worked out, not trusted: contrast, colour blindness, grey print."""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from pages.charts import theme
from pages.text import words

CHARTS = Path(theme.__file__).parent
DRAWN = [theme.MAIN, theme.COMPARATOR, theme.TARGET, theme.ATTAINED, theme.MISSED, theme.OPEN, theme.NEUTRAL]
DRAWN += [
    *theme.SERIES,
    *theme.STAGES,
    theme.OUTLINE,
    theme.BORDER,
    theme.CHOSEN,
    theme.WITHHELD,
    theme.UNKNOWN,
]
# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def _linear(colour):
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _luminance(colour):
    return float(_linear(colour) @ TO_XYZ[1])


def _contrast(one, other):
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _lab(linear):
    xyz = TO_XYZ @ np.clip(linear, 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _apart(one, other, sight):
    return float(np.linalg.norm(_lab(sight @ _linear(one)) - _lab(sight @ _linear(other))))


def _grey(colour):
    return _lab(np.full(3, _luminance(colour)))[0]


@pytest.mark.parametrize("colour", DRAWN)
def test_everything_drawn_stands_out_from_the_ground(colour):
    assert _contrast(colour, theme.GROUND) >= 3


@pytest.mark.parametrize("colour", [theme.TEXT, theme.QUIET_TEXT])
def test_text_can_be_read(colour):
    assert _contrast(colour, theme.GROUND) >= 4.5


@pytest.mark.parametrize("colour", [theme.MAIN, theme.ATTAINED, theme.MISSED])
def test_a_white_number_inside_a_bar_can_be_read(colour):
    assert _contrast(theme.GROUND, colour) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
def test_series_are_told_apart_by_every_kind_of_sight(sight):
    outcome = (theme.ATTAINED, theme.MISSED, theme.OPEN)
    for palette in (theme.SERIES, outcome):
        for one, other in combinations(palette, 2):
            assert _apart(one, other, SIGHT[sight]) >= 20, (one, other)


def test_series_are_told_apart_in_grey_print():
    for palette in (theme.SERIES, theme.STAGES, (theme.ATTAINED, theme.MISSED, theme.OPEN)):
        for one, other in combinations(palette, 2):
            assert abs(_grey(one) - _grey(other)) >= 8, (one, other)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_classes_of_the_map_darken_step_by_step(sight):
    assert len(theme.SEQUENTIAL) == 5
    for light, dark in pairwise(theme.SEQUENTIAL):
        assert _grey(light) - _grey(dark) >= 10
        assert _apart(light, dark, SIGHT[sight]) >= 10


def test_series_differ_by_dash_marker_and_pattern_as_well():
    for looks in (theme.DASHES, theme.MARKERS, theme.PATTERNS):
        assert len(set(looks)) == len(theme.SERIES)


def test_no_chart_names_a_colour_itself():
    import re

    for file in CHARTS.glob("*.py"):
        if file.name != "theme.py":
            found = re.findall(
                r"#[0-9a-fA-F]{3,8}\b|rgba?\(|\b(?:white|black|red|gr[ae]y)\"", file.read_text()
            )
            assert found == [], file.name


def test_charts_import_nothing_that_could_fetch_a_figure():
    import ast

    allowed = {
        "plotly",
        "data.disclosure.bands",
        "data.disclosure.bounds",
        "data.disclosure.published",
        "data.questions.measures",
        "data.foundation.areas",
        "data.foundation.parameters",
        "data.foundation.periods",
        "data.questions.events",
        "data.questions.filters",
        "pages.charts",
        "pages.text",
        "babel",
        "cachetools",
        "numpy",
        "scipy.special",
    }
    allowed |= {
        "collections",
        "dataclasses",
        "datetime",
        "functools",
        "html",
        "json",
        "math",
        "threading",
        "typing",
    }
    for file in CHARTS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{name.name}" for name in node.names]
            elif isinstance(node, ast.Import):
                names = [name.name for name in node.names]
            else:
                continue
            for name in names:
                assert any(name == known or name.startswith(f"{known}.") for known in allowed), (
                    file.name,
                    name,
                )


def test_the_mode_bar_and_the_months_speak_the_language():
    config = theme.config(words.of("de"))
    german = config["locales"]["de"]
    assert config["locale"] == "de"
    assert german["dictionary"]["Download plot as a PNG"] == "Als PNG herunterladen"
    assert german["format"]["months"][2] == "März"
    assert (german["format"]["days"][0], german["format"]["decimal"]) == ("Sonntag", ",")
    assert theme.config(words.of("en"))["locales"]["en"]["format"]["months"][2] == "March"


def test_nothing_is_sent_to_a_third_party_by_a_button():
    config = theme.config(words.of("de"))
    assert config["showSendToCloud"] is False
    assert config["displaylogo"] is False


def test_a_text_with_markup_is_shown_and_not_obeyed():
    assert theme.plain("<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"
    assert "<br>" in theme.wrapped("Ziele erreicht – selbstständig", 18)
    assert "<b>" not in theme.wrapped("<b>Amt</b>")
