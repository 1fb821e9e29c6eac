"""Small files that ask for much: each is a few kilobytes, and reading it as it says would take gigabytes."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.support.books import MANIFEST, ODS

SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
TEXTS = f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
LONG, HUGE = "x" * 9_000, "x" * 2**20
HEADER = "fall_id", "ags", "aufnahme_am"


def packed(path: Path, members: dict[str, str | bytes]) -> Path:
    """An archive of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def ods(path: Path, sheets: str, doctype: str = "") -> Path:
    """An ODS with this XML for its sheets."""
    return packed(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": MANIFEST,
            "content.xml": ODS.format(doctype=doctype, sheets=sheets),
        },
    )


def ods_cells(text: str, columns: int = 1) -> str:
    """A filled cell that is repeated so often."""
    return (
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods_sheet(*rows: tuple[int, str]) -> str:
    """The sheet `faelle`: a header, then rows of these cells, each so often."""
    cells = "".join(map(ods_cells, HEADER))
    return '<table:table table:name="faelle">' + "".join(
        f'<table:table-row table:number-rows-repeated="{times}">{row}</table:table-row>'
        for times, row in [(1, cells), *rows]
    ) + "</table:table>"  # fmt: skip


def xlsx(path: Path, sheets: list[tuple[str, int]], members: list[str], shared: str = "") -> Path:
    """An XLSX with these members, XML in `sheetData`; each sheet is a name and the number of its member."""
    names = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="m{member}"/>'
        for at, (name, member) in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="m{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(len(members))
    )
    lists = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": ROOT,
        "xl/workbook.xml": f'<workbook {SPREADSHEET} xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}{TEXTS}'
        "</Relationships>",
        "xl/sharedStrings.xml": f"<sst {SPREADSHEET}>{shared}</sst>",
    }
    for at, rows in enumerate(members):
        sheet = f"<worksheet {SPREADSHEET}><sheetData>{rows}</sheetData></worksheet>"
        lists[f"xl/worksheets/sheet{at}.xml"] = sheet
    return packed(path, lists)


def shared_rows(rows: int, columns: int) -> str:
    """A header of the shared texts 0 to 2, then rows in which each cell shares text 3, without addresses."""
    header = "".join(f'<c t="s"><v>{at}</v></c>' for at in range(3))
    row = "<row>" + '<c t="s"><v>3</v></c>' * columns + "</row>"
    return f"<row>{header}</row>" + row * rows


def addressed_rows(rows: int) -> str:
    """The same in 26 columns, as programs write it."""
    cell = '<c r="{letter}{row}" t="s"><v>3</v></c>'
    letters = [chr(65 + at) for at in range(26)]
    return "".join(
        f'<row r="{row}">{"".join(cell.format(letter=each, row=row) for each in letters)}</row>'
        for row in range(1, rows + 1)
    )


def texts(*more: str) -> str:
    """The shared texts: the header, then these."""
    return "".join(f"<si><t>{text}</t></si>" for text in (*HEADER, *more))


def far(address: str) -> str:
    """One cell far below, in a sheet that is empty else."""
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{address}"><v>1</v></c></row>'


def overlapping(path: Path, members: int, megabytes: int) -> Path:
    """A ZIP whose list names the same packed bytes many times, each time as another file."""
    # Packed a hundred times by itself, which is allowed: only all of them together tell.
    zeros = random.Random(1).randbytes(megabytes * 10_000) + b"0" * (megabytes * 2**20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("faelle-0.csv", zeros)
        first = archive.infolist()[0]
        for number in range(1, members):
            other = zipfile.ZipInfo(f"faelle-{number}.csv")
            other.compress_type, other.CRC = zipfile.ZIP_DEFLATED, zlib.crc32(zeros)
            other.compress_size, other.file_size = first.compress_size, first.file_size
            other.header_offset = first.header_offset
            archive.filelist.append(other)
            archive.NameToInfo[other.filename] = other
        archive._didModify = True
    return path


def nested(path: Path) -> Path:
    """A ZIP in a ZIP in a ZIP, ten deep, of zeros."""
    name, content = "faelle.csv", b"0" * 2**22
    for at in range(10):
        inside = io.BytesIO()
        with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        name, content = f"{at}.zip", inside.getvalue()
    return packed(path, {name: content, "liesmich.md": "x"})


def csv(path: Path, rows: str, header: str = ";".join(HEADER)) -> Path:
    """A text file of this header and these rows."""
    path.write_text(f"{header}\n{rows}\n", encoding="utf-8")
    return path


def entities() -> str:
    """A billion laughs, as a DOCTYPE."""
    laughs = [f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "ha" * 50}">' for at in range(9)]
    return f"<!DOCTYPE x [{''.join(laughs)}]>"


ERROR = (
    '<table:table-cell xmlns:calcext="urn:x" office:value-type="string" calcext:value-type="error">'
    "<text:p>#WERT!</text:p></table:table-cell>"
)
# What is refused before a library reads it: how to make it, and the rule that says so.
MEASURED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "rows-by-columns.ods": (lambda to: ods(to, ods_sheet((19_000, ods_cells(LONG, 1_000)))), "memory-needed"),
    "rows-of-rows.ods": (
        lambda to: ods(to, ods_sheet(*[(1_000, ods_cells(LONG, 100))] * 20)),
        "memory-needed",
    ),
    "whole-sheet.ods": (lambda to: ods(to, ods_sheet((1_048_576, ods_cells("x", 16_384)))), "too-large"),
    "counted-blanks.ods": (
        lambda to: ods(to, ods_sheet((1, ods_cells('a<text:s text:c="2000000000"/>b')))),
        "memory-needed",
    ),
    "many-sheets.ods": (lambda to: ods(to, ods_sheet((19_000, ods_cells("x", 1_000))) * 20), "memory-needed"),
    "repeated-error.ods": (lambda to: ods(to, ods_sheet((2_000_000_000, ERROR))), "too-large"),
    "entities.ods": (lambda to: ods(to, ods_sheet((1, ods_cells("&e8;"))), entities()), "xml-entities"),
    "shared-text.xlsx": (
        lambda to: xlsx(to, [("faelle", 0)], [shared_rows(100, 50)], texts(HUGE)),
        "memory-needed",
    ),
    "shared-text-addressed.xlsx": (
        lambda to: xlsx(to, [("faelle", 0)], [addressed_rows(6_000)], texts(LONG)),
        "memory-needed",
    ),
    "two-corners.xlsx": (lambda to: xlsx(to, [("faelle", 0)], [far("XFD1048576")], texts()), "too-large"),
    "one-sheet-often.xlsx": (
        lambda to: xlsx(to, [(f"faelle{at}", 0) for at in range(300)], [far("Z99999")], texts()),
        "memory-needed",
    ),
    "one-name-often.xlsx": (
        lambda to: xlsx(to, [("faelle", 0), *[("faelle", 1)] * 300], [far("Z99999"), ""], texts()),
        "memory-needed",
    ),
    "many-sheets.xlsx": (
        lambda to: xlsx(to, [(f"s{at}", 0) for at in range(2_000)], [shared_rows(1, 1)], texts("x")),
        "too-large",
    ),
    "zeros.zip": (lambda to: packed(to, {"faelle.csv": b"0" * (60 * 2**20)}), "too-large"),
    "overlapping.zip": (lambda to: overlapping(to, 900, 1), "too-large"),
    "of-zips.zip": (nested, "nested-archive"),
    "one-line.csv": (lambda to: csv(to, "x" * (20 * 2**20)), "broken-quotes"),
    "one-field.csv": (lambda to: csv(to, '"' + "x\n" * (10 * 2**20)), "broken-quotes"),
    "many-columns.csv": (lambda to: csv(to, "", ";".join(HEADER) + ";a" * 100_000), "too-many-columns"),
    "many-fields.csv": (lambda to: csv(to, "x;" * 400_000), "row-length"),
}


def unforeseen(path: Path) -> Path:
    """What no measure sees: a comment among the shared texts, so that cells share others than counted."""
    comment = f"<!--{'<si>' * 8}-->"
    return xlsx(path, [("faelle", 0)], [shared_rows(100, 50)], comment + texts(HUGE))
