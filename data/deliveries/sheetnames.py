"""Which member of an XLSX holds which sheet."""

import posixpath
import zipfile
from xml.etree import ElementTree  # declared entities were refused before

RELATION = "/relationships}id"  # of the usual namespace, and of the one of "Strict Open XML"


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Member -> name of the sheet, as far as the workbook's own lists tell."""
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    sheets = {
        posixpath.normpath(posixpath.join("/xl", targets[relation]))[1:]: each.get("name", "")
        for each in book.iter()
        if each.tag.endswith("}sheet")
        for attribute, relation in each.attrib.items()
        if attribute.endswith(RELATION) and relation in targets
    }
    return {member: name for member, name in sheets.items() if member in archive.namelist()}
