"""Places, periods and measures that a sentence names: by the register, the calendar and a list of words."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.foundation import areas, periods
from data.questions import measures

FILE = Path(__file__).parents[2] / "data" / "reference" / "synonyms.toml"
LANGUAGES = ("de", "en")
SHORT_NAME = 5  # a name of so few letters may be a word: it counts behind a word that leads to a place
_LEADING = "in|im|aus|für|von|bei|nach|zu|stadt|gemeinde|ort|of|for|at|from|city|town|municipality"
# Verbs whose subject may stand behind them.
_VERBS = "betreute?|hat|hatte|erhält|erhielt|bekommt|bekam"
_LEADS = rf"(?:\b(?:{_LEADING}|{_VERBS})\s+|^\W*)$"
_KREIS = re.compile(r"(?:land)?kreis(?:es)?\s+$|\bdistrict of\s+$|\bcounty of\s+$", re.IGNORECASE)
_KREIS_AFTER = re.compile(r"^\s+(?:district|county|kreis)\b", re.IGNORECASE)
# What a place is said to be, before or behind its name, and the level that it then has to have.
_KINDS = {
    areas.KREIS: r"(?:land|stadt)?kreis(?:es)?|district|county",
    areas.GEMEINDE: r"(?:landeshaupt|universitäts)?stadt|gemeinde|ort|kommune|city|town|municipality",
    areas.ASSOCIATION: r"verwaltungsgemeinschaft|(?:gemeinde)?verwaltungsverband(?:es)?|gvv|association",
    "regierungsbezirk": r"regierungsbezirk(?:s|es)?",
}
_OF_LAND = re.compile(
    r"\b(?:baden-württembergs?|landesweit|im ganzen land|im land|das land|des landes|"
    r"statewide|state-wide|the state|the land)\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "january"), ("februar", "february"), ("märz", "march"), ("april",), ("mai", "may"),
            ("juni", "june"), ("juli", "july"), ("august",), ("september",), ("oktober", "october"),
            ("november",), ("dezember", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_ORDINALS = {
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_NTH = "|".join(_ORDINALS)
_YEAR = r"20[1-4]\d"
_PERIODS = (
    re.compile(rf"\b(?P<year>{_YEAR})[-/ ]?Q(?P<q>[1-4])\b|\bQ(?P<q2>[1-4])[ /-]*(?P<year2>{_YEAR})\b", re.I),
    re.compile(
        rf"\b(?:(?P<q>[1-4])\.\s*|(?P<nth>{_NTH})[snrm]?\s+)(?:quartals?|quarter)"
        rf"(?:\s+(?:of|des jahres))?\s+(?P<year>{_YEAR})\b",
        re.I,
    ),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>20[1-4]\d)\b"),
    re.compile(rf"\b(?:\d{{1,2}}\.?\s+)?(?P<name>{_MONTH})(?:\s+\d{{1,2}})?,?\s+(?P<year>{_YEAR})\b", re.I),
    re.compile(rf"\b(?P<first>{_YEAR})\s*(?:–|-|bis|to|und|and|/)\s*(?P<last>(?:20)?[1-4]\d)\b", re.I),
    re.compile(rf"\b(?P<year>{_YEAR})\b"),
)


@dataclass(frozen=True)
class Known:
    """A measure as the list has it: unit, figure, stage of published amounts, patterns by language."""

    column: str
    unit: str
    figure: str
    stage: str
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]


@dataclass(frozen=True)
class Mention:
    """Something that was recognised: its codes (several where nobody can tell which), and where it stands.

    `numbered`: there is a number in its name, as in 36 months. `parts` are where its own words stand, where
    others may stand between.
    """

    codes: tuple[str, ...]
    begin: int
    end: int
    numbered: bool = False
    parts: tuple[tuple[int, int], ...] = ()


def blanked(text: str, *mentions: Mention) -> str:
    """The text with what was read as something else left blank, as long as it was."""
    for each in mentions:
        text = text[: each.begin] + " " * (each.end - each.begin) + text[each.end :]
    return text


@lru_cache(maxsize=1)
def known() -> dict[str, Known]:
    """Every measure that can be checked, by its column, in the order of the list."""
    found = {}
    for column, table in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        names = measures.register()
        patterns = {
            lang: tuple(
                _pattern(each)
                for each in (
                    *table[lang],
                    *([names[column].text("name", lang).lower()] if column in names else []),
                )
            )
            for lang in LANGUAGES
        }
        found[column] = Known(column, table["unit"], table["figure"], table.get("stage", ""), patterns)
    return found


def measured(text: str, lang: str) -> list[tuple[Known, Mention]]:
    """The measures that a text names, the one found in most letters first."""
    found = []
    for each in known().values():
        hits = [match for pattern in each.patterns[lang] for match in pattern.finditer(text)]
        if hits:
            best = max(hits, key=lambda match: (len(match["said"]), -match.start()))
            begin, end = best.span("said")
            own = tuple(part for hit in hits for part in _parts(hit))
            where = Mention((each.column,), begin, end, "numbered" in best.re.groupindex, own)
            found.append((len(best["said"].replace(" ", "")), each, where))
    return [(each, where) for _, each, where in sorted(found, key=lambda hit: -hit[0])]


def _parts(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a pattern stand, without what stands between them."""
    named = set(match.re.groupindex.values())
    return (match.span(at) for at in range(1, match.re.groups + 1) if at not in named)


def timed(text: str) -> list[Mention]:
    """The periods that a text names; a month may be its quarter (the second code)."""
    found: list[Mention] = []
    for pattern in _PERIODS:
        for match in pattern.finditer(text):
            codes = _period(match.groupdict())
            if codes and not any(match.start() < each.end and each.begin < match.end() for each in found):
                found.append(Mention(codes, *match.span()))
    return sorted(found, key=lambda each: each.begin)


def placed(text: str) -> list[Mention]:
    """The places that a text names. Several codes: places of one name."""
    found = [Mention((areas.LAND,), *match.span()) for match in _OF_LAND.finditer(text)]
    words = list(re.finditer(r"[\wäöüÄÖÜß.-]+", text))
    at = 0
    while at < len(words):
        hit = next(
            (
                (size, codes)
                for size in range(min(6, len(words) - at), 0, -1)
                if (codes := _codes(text, words[at].start(), words[at + size - 1].end()))
            ),
            None,
        )
        if hit:
            mention = Mention(hit[1], words[at].start(), words[at + hit[0] - 1].end())
            if not any(mention.begin < each.end and each.begin < mention.end for each in found):
                found.append(mention)
            at += hit[0]
        else:
            at += 1
    return sorted(found, key=lambda each: each.begin)


def whole(text: str, place: Mention) -> tuple[int, int]:
    """Where a place stands, with what it is said to be, if it is that: Landkreis, Stadt."""
    kind = _KINDS.get(areas.level(place.codes[0]), r"(?!)")
    before = re.search(rf"\b(?:{kind})(?:\s+of)?\s+$", text[: place.begin], re.IGNORECASE)
    behind = re.match(rf"\s+(?:{kind})\b", text[place.end :], re.IGNORECASE)
    end = place.end + behind.end() if behind and not before else place.end
    # What stands in parentheses behind a name is no word by itself.
    if text.startswith(name := areas.register()[place.codes[0]].name, place.begin):
        end = max(end, place.begin + len(name))
    return before.start() if before else place.begin, end


def kreis(code: str) -> str:
    """The Kreis of the name of a town that lies in it; empty for all others."""
    own = areas.register()[code]
    above = [each for each in areas.ancestors(code) if each.level == areas.KREIS and each.name == own.name]
    return above[0].code if above and own.level == areas.GEMEINDE and not areas.is_town(above[0].code) else ""


def _codes(text: str, begin: int, end: int) -> tuple[str, ...]:
    name, before = text[begin:end].rstrip("."), text[:begin]
    if "(" in name and text[end : end + 1] == ")":
        name += ")"
    index = _names()
    found = index.get(name) or (index.get(name[:-1], ()) if name.endswith("s") else ())
    if name.endswith("es") and not found:
        found = index.get(name[:-2], ())
    if not found or (len(name) <= SHORT_NAME and not re.search(_LEADS, before, re.IGNORECASE)):
        return ()
    of_kreis = _KREIS.search(before) or _KREIS_AFTER.match(text[end:])
    kreise = tuple(code for code in found if areas.level(code) == areas.KREIS)
    if of_kreis:
        land = tuple(code for code in kreise if not areas.is_town(code))
        return land or kreise or found
    # A town and the Kreis of its name: without a word more it is the town.
    return tuple(code for code in found if areas.level(code) == areas.GEMEINDE) or found


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, area in areas.register().items():
        if area.level in (areas.ASSOCIATION, "regierungsbezirk"):
            names = {area.label, area.label.partition(" (")[0]}
        else:
            names = {area.name, area.label}
            if area.level == areas.GEMEINDE:
                names |= {re.split(r" (?:im|am|an|in|bei|auf|unter|ob|vor|i\.|a\.) | \(", area.name)[0]}
        for name in names:
            found.setdefault(name, []).append(code)
    # A short form counts only where it is the whole name of nobody else.
    whole = {area.name for area in areas.register().values()} | {
        area.label for area in areas.register().values()
    }
    return {
        name: tuple(
            code
            for code in codes
            if name not in whole or name in (areas.register()[code].name, areas.register()[code].label)
        )
        for name, codes in found.items()
    }


def _period(said: Mapping[str, str | None]) -> tuple[str, ...]:
    year = said.get("year") or said.get("year2")
    if said.get("first"):
        last = str(said["last"])
        code = f"{said['first']}-{last if len(last) == 4 else '20' + last}"
        return (code,)
    if quarter := said.get("q") or said.get("q2"):
        return (f"{year}-Q{quarter}",)
    if nth := said.get("nth"):
        return (f"{year}-Q{_ORDINALS[nth.lower()]}",)
    month = _MONTHS[str(said["name"]).lower()] if said.get("name") else int(said.get("month") or 0)
    if not month:
        return (str(year),)
    found = periods.read(f"{year}-{month:02d}")
    quarter_of = found.within("quarter") if found else None
    return (str(found), str(quarter_of)) if found and quarter_of else ()


def _pattern(words: str) -> re.Pattern[str]:
    parts = []
    for each in words.split():
        if each == "..":
            parts.append(r"(?:\W+[^\s.!?]+){0,6}?")
        else:
            word = re.escape(each).replace(r"\*", r"\w*")
            parts.append((r"\W+" if parts else "") + f"({word})")
    whole = "".join(parts)
    if re.search(r"\d", words):
        whole = f"(?P<numbered>{whole})"
    return re.compile(rf"(?<!\w)(?P<said>{whole})(?!\w)", re.IGNORECASE)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text. A point behind a number or a short word ends none."""
    for each in re.split(r"(?<=[^\W\d]{3}[.!?])(?<!Mio\.)(?<!Mrd\.)(?<!Tsd\.)\s+(?=[A-ZÄÖÜ\d„\"])|\n+", text):
        if each.strip():
            yield each.strip()
