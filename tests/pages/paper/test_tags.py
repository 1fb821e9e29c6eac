"""Who cannot see a PDF has its tags: headings in their order, tables with heads, a text for each picture."""

from collections.abc import Iterator
from itertools import pairwise

import pikepdf

from pages.text import words
from tests.pages.paper.conftest import Paper


def elements(found: object) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure, from the top."""
    if isinstance(found, pikepdf.Array):
        for each in found:
            yield from elements(each)
    elif isinstance(found, pikepdf.Dictionary) and "/S" in found:
        yield found
        yield from elements(found.get("/K"))


def tagged(pdf: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    return [each for each in elements(pdf.Root.StructTreeRoot.K) if str(each.S) in kinds]


def pages_of(element: object) -> set[tuple[int, int]]:
    """The pages on which something of an element stands."""
    if isinstance(element, pikepdf.Array):
        return set().union(*map(pages_of, element))
    if not isinstance(element, pikepdf.Dictionary):
        return set()
    own = {element.Pg.objgen} if "/Pg" in element else set()
    return own | pages_of(element.get("/K"))


def test_it_says_its_language_and_its_title_and_that_it_is_tagged(paper: Paper):
    with paper.opened() as pdf:
        title = f"{words.of(paper.lang).area(paper.chosen.area_code)}, "
        assert str(pdf.Root.Lang) == paper.lang
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title).startswith(title)
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == str(pdf.docinfo.Title)


def test_headings_go_down_one_by_one_and_are_its_outline(paper: Paper):
    with paper.opened() as pdf:
        levels = [int(str(each.S)[2:]) for each in tagged(pdf, "/H1", "/H2", "/H3", "/H4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
        with pdf.open_outline() as outline:
            (top,) = outline.root
            assert [str(each.title) for each in (top, *top.children)] == [
                str(each.T) for each in tagged(pdf, "/H1", "/H2")
            ]


def test_each_picture_has_a_text(paper: Paper):
    with paper.opened() as pdf:
        pictures = tagged(pdf, "/Figure")
        texts = [str(each.get("/Alt", "")) for each in pictures]
    assert texts
    assert all(": " in text or len(text) > 40 for text in texts), texts


def test_each_column_of_a_table_has_a_head(paper: Paper):
    with paper.opened() as pdf:
        tables = tagged(pdf, "/Table")
        assert tables
        for table in tables:
            first, *rows = [each for each in elements(table) if str(each.S) == "/TR"]
            heads = list(first.K)
            assert {str(each.S) for each in heads} == {"/TH"}
            assert all(any(of.get("/Scope") == "/Column" for of in each.A) for each in heads)
            assert rows
            assert {len(row.K) for row in rows} == {len(heads)}


def test_no_picture_and_no_row_is_cut_in_two(paper: Paper):
    with paper.opened() as pdf:
        for element in tagged(pdf, "/Figure", "/TR"):
            assert len(pages_of(element)) == 1


def test_all_its_fonts_are_inside(paper: Paper):
    with paper.opened() as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        assert {str(each.FontName).split("+")[1] for each in fonts} <= {
            "SourceSans3-Regular",
            "SourceSans3-Semibold",
        }
        assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)
