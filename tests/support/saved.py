"""The files of a figure as readers save them: in which forms, of which places, and what is read in each."""

import io
import json
import zipfile
from xml.etree import ElementTree

import openpyxl
import pypdfium2
from PIL import Image

from pages.named import every
from pages.pictures import sizes

# The Land, a Landkreis, a town that is a Kreis, a municipality in one, and a name of more than letters.
PLACES = ("08", "08425", "08421000", "08425071", "08118079")
LANGS = ("de", "en")
TABLES = ("csv", "xlsx", "zip")
PICTURES = ("png breit", "png quadrat", "png druck", "png druck grau", "svg breit", "pdf breit")
TOLD = ("txt", "json", "embed", "cite")
FORMS = (*TABLES, *PICTURES, *TOLD)
FIGURES = tuple(name for name, recipe in every.RECIPES.items() if not recipe.grouped)
BEGINS = {
    "csv": b"\xef\xbb\xbf",
    "xlsx": b"PK",
    "zip": b"PK",
    "pdf": b"%PDF-",
    "png": b"\x89PNG",
    "svg": b"<svg",
}


def text_in(form: str, content: bytes) -> str:
    """What a reader of the file reads in it, once it is what its ending says."""
    ending, *looks = form.split()
    assert content.startswith(BEGINS.get(ending, b"")), (form, content[:20])
    if ending == "png":
        with Image.open(io.BytesIO(content)) as picture:
            size = sizes.BY_CODE[looks[0]]
            # A chart of many rows makes its picture higher.
            assert (picture.width, picture.height >= size.height) == (size.width, True)
            grey = not looks[1:] or len(set(picture.convert("RGB").resize((1, 1)).getpixel((0, 0)))) == 1  # type: ignore[arg-type]
            assert grey, "a picture for newspapers without colours has none"
            return " ".join(str(each) for each in picture.info.values())
    if ending == "svg":
        return " ".join(ElementTree.fromstring(content).itertext())
    if ending == "pdf":
        document = pypdfium2.PdfDocument(content)
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_bounded()).replace("\r\n", " ")
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    if ending == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert [name.rpartition(".")[2] for name in archive.namelist()] == ["csv", "md", "json"]
            return " ".join(archive.read(name).decode() for name in archive.namelist())
    if ending == "json":
        return " ".join(str(each) for each in json.loads(content).values())
    text = content.decode("utf-8-sig")
    if ending == "csv":
        # German ones have semicolons between the columns.
        assert {";", ","} & {*text.splitlines()[0]}
    return text
