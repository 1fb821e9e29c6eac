"""`docs/asvs.md` answers each requirement of OWASP ASVS 4.0.3, level 2, once, with evidence that is there."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([\d., –]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
# The requirements of level 1 and 2 by their section, as the standard numbers them.
ASKED = """
1.1:1-7 1.2:1-4 1.4:1,4-5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-5 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1 4.1:1-3,5 4.2:1-2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4 6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2
7.1:1-4 7.2:1-2 7.3:1,3-4 7.4:1-3 8.1:1-4 8.2:1-3 8.3:1-8 9.1:1-3 9.2:1-4 10.2:1-2 10.3:1-3
11.1:1-8 12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1 13.1:1,3-5 13.2:1-3,5-6 13.3:1-2 13.4:1-2
14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
"""


def numbers(text: str) -> Iterator[int]:
    """1-3,5 as 1, 2, 3, 5."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def answered(text: str) -> Iterator[str]:
    """`2.7.1–2.7.3, 2.8.1` as each of them."""
    for part in text.split(", "):
        first, _, last = part.partition("–")
        section, _, number = first.rpartition(".")
        for each in range(int(number), int((last or first).rpartition(".")[2]) + 1):
            yield f"{section}.{each}"


def test_each_requirement_has_one_answer_with_evidence_or_a_reason():
    asked = [
        f"{section}.{number}"
        for section, _, of in (each.partition(":") for each in ASKED.split())
        for number in numbers(of)
    ]
    rows = ROW.findall(TABLE)
    assert sorted(each for row in rows for each in answered(row[0])) == sorted(asked)
    assert {kept for _, kept, _ in rows} == {"yes", "in part", "no", "host", "–"}
    assert [row for row in rows if len(row[2].strip()) < 5] == []


def test_files_that_are_named_as_evidence_are_there():
    named = {each for each in re.findall(r"`([\w./-]+)`", TABLE) if "/" in each.strip("/") and each[0] != "/"}
    assert len(named) > 30
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
