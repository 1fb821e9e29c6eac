"""The place of a delivery in the store: a folder of its own, that no other delivery ever had."""

import os
import shutil
import sqlite3
from pathlib import Path

from data import durable
from data.deliveries import store


def free_folder(opened: sqlite3.Connection, settings_store: Path, sha256: str) -> Path:
    """A folder that no delivery has: the files may have been accepted and taken back before."""
    taken = {row[0] for row in opened.execute("select folder from deliveries where sha256 = ?", [sha256])}
    names = [sha256, *(f"{sha256}-{number}" for number in range(2, len(taken) + 2))]
    target = store.folder(settings_store, next(name for name in names if name not in taken))
    shutil.rmtree(target, ignore_errors=True)  # what a killed process left there is in no register
    return target


def link(folder: Path, target: Path) -> None:
    """The same files under a second name: until the register knows them, the first one stays as it is."""
    durable.mkdir(target.parent)
    shutil.copytree(folder, target, copy_function=_link_or_copy)
    durable.sync(target)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)
