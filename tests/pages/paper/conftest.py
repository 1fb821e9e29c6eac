"""The PDF of five places, in both languages, with what the pages say of the same choices."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from data.access.rights import PUBLIC
from data.disclosure.bands import Band
from data.disclosure.published import Gap
from data.foundation import areas
from data.publish import ask
from data.questions.filters import Filters
from pages.paper import edition, typeset
from tests.support import orders

KINDS = ("land", "kreis", "association", "bands", "nothing")


@dataclass(frozen=True)
class Paper:
    """One PDF: its kind of place, its language, what it was asked for, its bytes."""

    kind: str
    lang: str
    chosen: Filters
    file: bytes

    def opened(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.file))

    def pages(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.file)

    def text(self) -> str:
        """All that is written on it, with single spaces."""
        pages = self.pages()
        texts = (pages[at].get_textpage().get_text_range() for at in range(len(pages)))
        return " ".join(" ".join(texts).split())


def code_of(kind: str) -> str:
    """A place of this kind in the demonstration."""
    if kind in ("land", "kreis"):
        return {"land": "08", "kreis": "08425"}[kind]
    if kind == "association":
        return areas.inside("08425", areas.ASSOCIATION)[0]
    everywhere = ask("overview/map", edition.chosen("08"), PUBLIC)
    for row in everywhere:
        cells = set(row.values())
        if kind == "bands" and any(isinstance(cell, Band) for cell in cells):
            return str(row["area_code"])
        if kind == "nothing" and row["active_cases"] is Gap.WITHHELD and row["plan_rate"] is Gap.WITHHELD:
            return str(row["area_code"])
    raise AssertionError(f"no place with {kind} in the demonstration")


@lru_cache(maxsize=16)
def _made(store: Path, kind: str, lang: str) -> Paper:
    chosen = edition.chosen(code_of(kind))
    orders.ready()
    return Paper(kind, lang, chosen, typeset.place(chosen, lang))


@pytest.fixture(params=[(kind, lang) for kind in KINDS for lang in ("de", "en")], ids="-".join)
def paper(figures: Path, request: pytest.FixtureRequest) -> Paper:
    return _made(figures, *request.param)
