"""The names of files, folders and sheets: they are said and kept like values, so they are looked at first."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from data.deliveries.archive import kind
from data.deliveries.damage import DamagedError, damage
from data.deliveries.findings import KEPT_PER_RULE, Group
from data.deliveries.guard.columnnames import RULE
from data.deliveries.guard.kinds import Column, in_text
from data.deliveries.guard.words import CAMEL
from data.deliveries.wording import Place, group, phrase, rules

NO_LETTERS = re.compile(r"[\d_.]+")
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,3}$")
YEAR = re.compile(r"\b20[0-9]{2}\b")  # of an export, and of no house: Hirschberg an der Bergstraße 2026
FILE, FOLDER, SHEET = "title-of-file", "title-of-folder", "title-of-sheet"


def of_files(handed_in: Path, original: Path, said: Iterable[Group], place: Place) -> list[Group]:
    """What the names inside a folder or an archive tell; its own name belongs to whoever hands in.

    `original` is the copy, `said` what receiving it gave rise to: links are not copied.
    """
    if handed_in.is_dir():
        inside = [path.relative_to(original).as_posix() for path in original.rglob("*") if path.is_file()]
        return _told(sorted([*inside, *(each.file for each in said if each.rule == "link")]), place)
    copies = [path for path in original.iterdir() if path.is_file()]
    try:
        with damage(), zipfile.ZipFile(copies[0]) as archive:
            return _told(archive.namelist(), place) if kind(copies[0]) == "ZIP" else []
    except (DamagedError, IndexError):
        return []


def of_sheets(names: Iterable[str], place: Place) -> list[Group]:
    """What the names of sheets tell."""
    every = ((SHEET, number, name) for number, name in enumerate(names, start=1))
    return _groups(every, place)


def _told(paths: list[str], place: Place) -> list[Group]:
    every: dict[PurePosixPath, tuple[str, int, str]] = {}
    for number, path in enumerate(paths, start=1):
        whole = PurePosixPath(path.replace("\\", "/"))
        for each in (whole, *whole.parents):
            folder = each != whole or path.endswith("/")
            every.setdefault(each, (FOLDER if folder else FILE, number, ENDING.sub("", each.name)))
    return _groups(every.values(), place)


def _groups(every: Iterable[tuple[str, int, str]], place: Place) -> list[Group]:
    found = []
    for what, number, text in every:
        spaced = CAMEL.sub(" ", NO_LETTERS.sub(" ", text)).strip()
        kinds = dict.fromkeys([*in_text(text, Column.LABEL), *in_text(spaced, Column.LABEL)])
        if "street" in kinds and "street" not in in_text(YEAR.sub("", text), Column.LABEL):
            del kinds["street"]
        for each in kinds:
            wording = {"other": phrase(what, number=str(number)), "kind": rules()[f"{RULE}{each}"].kind}
            found.append(group("guard-title", place, wording=wording))
    return found[:KEPT_PER_RULE]
