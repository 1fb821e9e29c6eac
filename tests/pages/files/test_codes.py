"""Cite codes: what is packed comes back, however it is typed, and a wrong sign is found."""

import hashlib
import random
from itertools import combinations

import pytest

from data.foundation import areas
from data.questions import figures, numbering
from pages.files import codes
from pages.files.codes import NoCodeError, Packed
from pages.named import every, numbered

DRAWN = random.Random(20261130)
# What was printed is read for ever: these lines of the list stay as they are, new ones follow them.
GIVEN = {numbering.FILE: (114, "31c6c05d"), numbering.OF_LAND: (1424, "faf65df8")}  # lines, and their hash


def drawn(rest: int) -> Packed:
    return Packed(DRAWN.randrange(512), DRAWN.randrange(4096), DRAWN.randrange(2048), DRAWN.randrange(rest))


def test_what_is_packed_comes_back_however_it_is_typed():
    for tag in ("26Q2", "26Q22", "19Q1NEV"):
        for rest in (8, 2**23, 2**43, 2**63):
            packed = drawn(rest)
            code = codes.written(tag, packed)
            assert code.startswith(f"IM-{tag}-")
            assert not set(code.removeprefix("IM")) & set("OILU")
            spoken = code.replace("0", "o").replace("1", "l")
            for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), spoken):
                assert codes.read(typed) == (tag, packed)


@pytest.mark.parametrize("rest", [2**23, 2**63])
def test_every_wrong_sign_and_any_two_that_changed_places_are_found(rest: int):
    code = codes.written("26Q2", drawn(rest)).replace("-", "")
    for at in range(2, len(code)):
        for sign in set(codes.ALPHABET) - {code[at]}:
            with pytest.raises(NoCodeError, match="mistyped"):
                codes.read(code[:at] + sign + code[at + 1 :])
    for one, other in combinations(range(2, len(code)), 2):
        if code[one] != code[other]:
            signs = list(code)
            signs[one], signs[other] = signs[other], signs[one]
            with pytest.raises(NoCodeError, match="mistyped"):
                codes.read("".join(signs))


@pytest.mark.parametrize("text", ["", "IM", "IM-26Q2", "IM-26Q2" + "-7K3F" * 7, "<b>", "x" * 5000])
def test_what_is_no_code_is_said_to_be_none(text: str):
    with pytest.raises(NoCodeError, match="unread"):
        codes.read(text)


def test_a_number_that_has_no_room_makes_no_code_at_all():
    assert codes.written("26Q2", Packed(512, 1, 1)) == ""
    assert codes.written("26Q2", Packed(1, 1, 1, 2**63)) == ""


def test_each_release_has_a_tag_of_its_own_that_later_ones_leave_as_it_is():
    names = ("2018-Q4", "2019-Q1", "2019-Q1-2", "19Q1", "2019-Q1-neu", "2019-Q1-neuer", "a", "A", "0")
    every_tag = codes.tags(names)
    assert every_tag["2019-Q1"] == "19Q1"
    assert len(set(every_tag.values())) == len(names)
    assert all(4 <= len(tag) <= 7 and set(tag) <= set(codes.ALPHABET) for tag in every_tag.values())
    for known in range(len(names)):
        assert codes.tags(names[:known]) == {name: every_tag[name] for name in names[:known]}


def test_no_number_was_given_a_second_time_and_everything_has_one():
    for path, (known, hashed) in GIVEN.items():
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        told = hashlib.sha256("\n".join(lines[:known]).encode()).hexdigest()[:8]
        assert told == hashed, "a code that was printed would mean another thing"
        assert len(set(lines)) == len(lines)
    assert list(numbering.numbers("figure")) == list(figures.register()), "a new figure is added at the end"
    assert set(areas.register()) <= set(numbering.numbers("area"))
    assert set(areas.LEVELS) <= set(numbering.numbers("level"))
    choices = {name for recipe in every.RECIPES.values() for name in recipe.choices}
    assert choices <= set(numbered.WIDTHS), "a choice of a figure has no place in its code"
    for name, bits in numbered.WIDTHS.items():
        assert name == "since" or len(numbering.numbers(numbered.KINDS.get(name, name))) < 2**bits


@pytest.mark.parametrize(
    "code", ["2017", "2018-Q4", "2026-12", "2018-2019", "2025-2026", "2018-2024", "2099-Q1"]
)
def test_a_period_has_a_number(code: str):
    assert numbering.period(numbering.of_period(code) or 0) == code


def test_what_is_no_period_has_none():
    assert [numbering.of_period(code) for code in ("2016", "2018-Q5", "")] == [None] * 3
    assert {numbering.period(number) for number in (0, 20, 18)} == {None}
