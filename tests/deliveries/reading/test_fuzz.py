"""Damaged files: no crash, no hang, and nothing damaged is taken over. The same damage at each run."""

import datetime
import random
import re
import time
import zipfile

import pytest

from data.deliveries.store import deliveries
from tests.support import books, drawn, effort

FILES = effort.of(24, 800)  # of each of four kinds
SECONDS = 30  # for one of them: less than a hang, more than a machine with much to do needs
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CASES = "fall_id | ags | aufnahme_am | geschlecht | herkunftsland\n" + "\n".join(
    f"F-{number:04} | 08111000 | 05.01.2024 | weiblich | Türkei" for number in range(30)
)
WHOLE = [(f"F-{number:04}", "08111000", datetime.date(2024, 1, 5), "weiblich", "TR") for number in range(30)]


def csv_folder(folder):
    path = drawn.delivery(folder / "abgabe", faelle=CASES)
    return path, path / "faelle.csv"


def archive(folder):
    path, _ = csv_folder(folder)
    with zipfile.ZipFile(folder / "abgabe.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(path.iterdir()):
            packed.write(file, file.name)
    return timeless(folder / "abgabe.zip")


def xlsx(folder):
    return timeless(books.xlsx(folder / "abgabe.xlsx", faelle=CASES))


def ods(folder):
    return timeless(books.ods(folder / "abgabe.ods", faelle=CASES))


def timeless(path):
    """The archive as if it had been made at another time, so that the same byte is damaged at each run."""
    with zipfile.ZipFile(path) as packed:
        members = {name: TIME.sub(b"2024-01-05T00:00:00Z", packed.read(name)) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path, path


def damaged(content, chance):
    """Some bytes changed, cut out, repeated, or the end missing."""
    at = chance.randrange(len(content))
    size = min(chance.choice([1, 1, 4, 64, 1000]), len(content) - at)
    piece = {
        "changed": chance.randbytes(size),
        "cut": b"",
        "repeated": content[at : at + size] * 2,
        "nul": bytes(size),
    }
    how = chance.choice([*piece, "end"])
    return content[:at] if how == "end" else content[:at] + piece[how] + content[at + size :]


@pytest.mark.long
@pytest.mark.parametrize("write", [csv_folder, archive, xlsx, ods])
def test_what_is_damaged_is_refused_or_reads_as_it_was(office, write):
    chance = random.Random(write.__name__)
    path, target = write(office.folder)
    sound = target.read_bytes()
    slowest = 0.0
    for _ in range(FILES):
        target.write_bytes(damaged(sound, chance))
        start = time.monotonic()
        imported = office.hands_in(path)
        slowest = max(slowest, time.monotonic() - start)
        assert imported.accepted or imported.findings
        if imported.accepted and write is not csv_folder:  # a text file has no checksum
            assert office.stored("faelle", "fall_id, ags, aufnahme_am, geschlecht, herkunftsland") == WHOLE
    assert slowest < SECONDS
    assert not list(office.settings.store.glob("incoming/*"))
    assert all(each.sender for each in deliveries.all_deliveries(office.settings))
