"""What comes from outside is text on paper, whatever it looks like."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pages.paper import edition, sheets, typeset
from pages.text import words

HOSTILE = (
    r"""#panic("x") *b* _i_ $x^2$ @r <l> `c` \ // [y] = a - b + c / d: #{1+1} ~ "q" &amp; --- http://a.b"""
)


@pytest.fixture
def values(in_ulm: None) -> sheets.Values:
    return sheets.of(edition.chosen("08425072"), words.of("de"))


def text_of(file: bytes) -> str:
    pages = pypdfium2.PdfDocument(file)
    return "".join(
        "".join(pages[at].get_textpage().get_text_range().split()) for at in range(len(pages))
    ).replace("\ufffe", "-")


def test_a_hostile_text_stands_everywhere_as_it_is(values: sheets.Values):
    first, *others = values["drawn"]["figures"]
    hostile = values | {
        "place": HOSTILE,
        "title": HOSTILE,
        "message": [HOSTILE],
        "marks": [HOSTILE],
        "compared": values["compared"] | {"note": HOSTILE, "rows": [[HOSTILE, HOSTILE]]},
        "drawn": {"heading": HOSTILE, "figures": [first | {"heading": HOSTILE, "notes": [HOSTILE]}, *others]},
        "meant": {"heading": HOSTILE, "items": [(HOSTILE, HOSTILE)]},
        "missing": {"heading": HOSTILE, "lines": [HOSTILE]},
        "source": values["source"] | {"heading": HOSTILE, "lines": [HOSTILE]},
    }
    hostile["compared"]["headings"] = [HOSTILE, HOSTILE]
    file = typeset.written(hostile, datetime(2026, 1, 1, tzinfo=UTC))
    with pikepdf.open(BytesIO(file)) as pdf:
        assert str(pdf.docinfo.Title) == HOSTILE
    assert text_of(file).count("".join(HOSTILE.split())) >= 8


def test_signs_that_no_font_has_leave_no_reader_without_a_pdf(values: sheets.Values):
    strange = values | {
        "message": ["中文 \u0007\u200b العربية 😀"],
        "place": "\ud7ff",
    }
    assert typeset.written(strange, datetime(2026, 1, 1, tzinfo=UTC)).startswith(b"%PDF-1.7")


def test_nothing_of_the_machine_is_in_a_pdf(values: sheets.Values, tmp_path: Path):
    file = typeset.written(values, datetime(2026, 1, 1, tzinfo=UTC))
    with pikepdf.open(BytesIO(file)) as pdf:
        pdf.save(
            tmp_path / "open.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False
        )
    assert b"/pages/paper" not in (tmp_path / "open.pdf").read_bytes()
    assert b"D:20260101000000Z" in file
