"""Texts of an installation: harmless whatever stands in them, its own before the model, what is missing."""

import re
from pathlib import Path

import pytest

from data.foundation import settings
from pages.reading import notes
from pages.text.legal import statements
from pages.text.legal.statements import BLANK, MODELS, NAMES, harmless, open_points, statement


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation, in which nothing stands yet."""
    monkeypatch.setenv("DASHBOARD_LEGAL", str(tmp_path))
    for lang in ("de", "en"):
        (tmp_path / lang).mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JAVA&#115;CRIPT:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html,<script>)",
        "[x][1]\n\n[1]: vbscript:x",
        "![x](https://elsewhere.example/pixel.png)",
        '[x](https://a.example "" onmouseover=alert(1)")',
        "[AUSFÜLLEN: <b onclick=x>]",
    ],
)
def test_nothing_in_a_text_runs_or_is_loaded(written: str):
    html = harmless(written)
    tags = re.findall(r"<[^>]*>", html)
    kinds = r"</?(p|em|mark|br /|a)>|<a href=\"(https://|mailto:)[^\"<>]*\"( title=\"[^\"<>]*\")?>"
    assert [tag for tag in tags if not re.fullmatch(kinds, tag)] == []


def test_links_lead_to_http_https_and_mailto_and_headings_stand_below_those_of_the_page():
    html = harmless("# A\n\n[b](https://b.example) [c](mailto:c@b.example) <http://d.example> § 10")
    assert "<h3>A</h3>" in html
    assert re.findall('href="([^"]*)"', html) == [
        "https://b.example", "mailto:c@b.example", "http://d.example",
    ]  # fmt: skip
    assert "§\u00a010" in html


def test_its_own_text_stands_before_the_model_and_german_where_a_language_is_missing(folder: Path):
    (folder / "de" / "impressum.md").write_text("\ufeffStadt Ulm\n", encoding="utf-8")
    (folder / "de" / "datenschutz.md").write_bytes(b"\xff\xfe no text")
    (folder / "en" / "barrierefreiheit.md").write_text("We [FILL IN: name]", encoding="utf-8")

    own, english = statement("impressum", "de"), statement("impressum", "en")
    assert (own.html, own.is_model, own.blanks) == ("<p>Stadt Ulm</p>\n", False, ())
    assert (english.lang, english.html) == ("de", own.html)
    assert statement("datenschutz", "de").is_model
    assert "<mark>[FILL IN: name]</mark>" in statement("barrierefreiheit", "en").html
    assert open_points(("de", "en")) == (
        "datenschutz: there is no de/datenschutz.md; readers see the model text",
        "datenschutz: there is no en/datenschutz.md; readers see the model text",
        "barrierefreiheit: there is no de/barrierefreiheit.md; readers see the model text",
        "en/barrierefreiheit.md: still to be filled in: [FILL IN: name]",
    )


def test_the_models_ask_the_same_in_both_languages():
    for name in NAMES:
        german, english = (
            (MODELS / lang / f"{name}.md").read_text(encoding="utf-8") for lang in ("de", "en")
        )
        for kind in (BLANK, re.compile("^## ", re.MULTILINE), re.compile(r"\]\(\w+:[^)]*\)")):
            assert len(kind.findall(german)) == len(kind.findall(english)) > 0 or kind.pattern == r"\]\(\w+:"


def test_a_server_for_others_says_at_start_what_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(folder / "store"))
    monkeypatch.setattr(settings, "_reached_at", ("127.0.0.1",))
    assert notes.unsaid() == ()
    monkeypatch.setattr(settings, "_reached_at", ("im.example.de",))
    assert [line.partition(":")[0] for line in notes.unsaid()[1:]] == [
        name for name in statements.NAMES for _ in ("de", "en")
    ]
    for lang in ("de", "en"):
        for name in statements.NAMES:
            (folder / lang / f"{name}.md").write_text("All of it", encoding="utf-8")
    assert notes.unsaid() == ()
