"""`Words`: every text, number, date and name on the screen, in one language. No streamlit in here."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.lists import format_list

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Role, is_number
from data.foundation import areas, land, periods, settings
from data.foundation.languages import DEFAULT, Texts, in_one
from data.questions import measures
from pages.text import numbers, precision
from pages.text.numbers import NO_BREAK, Number

TEXT = Path(__file__).parent
GERMAN = TEXT / DEFAULT
SUFFIXES = {"_eur": "eur", "_vzae": "vzae", "_days": "days", "_months": "months"}
# Streamlit makes links of bare addresses and icons of :names: after it has read the escapes; an invisible
# character that joins words keeps them apart.
_LATE = re.compile(r"(?i)(www(?=\.)|@|:(?=[a-z0-9_+-]+[:/]))")
_JOINER = "\u2060"
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^])")
# Not every kind of space: the one between 12 and % must not become a place to break the line.
_BREAKS = re.compile(r"[ \t\r\n\f\v]+")
_UNITS = re.compile(r"(?<=[0-9}]) (?=[%€])")


def plain(text: str) -> str:
    """A name from outside, so that nothing in it is taken for Markdown."""
    return _MARKS.sub(r"\\\1", _LATE.sub(rf"\1{_JOINER}", _BREAKS.sub(" ", text).strip()))


def of(lang: str) -> "Words":
    """The words of one language; KeyError if the house does not speak it."""
    if lang not in spoken():
        raise KeyError(f"no texts in {lang!r}; there are {', '.join(spoken())}")
    return Words(lang, spoken()[lang])


def spoken() -> Mapping[str, Path]:
    """The folder of texts of every language, German first: those of the program, and those that an
    installation keeps in the folder `DASHBOARD_TEXTS`.
    """
    return _folders(settings.texts())


@lru_cache(maxsize=8)
def texts(folder: Path) -> Mapping[str, object]:
    """All texts of a language: the stem of the file, then what the file holds. No line ends before a unit."""
    files = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))}
    return {stem: tomllib.loads(_UNITS.sub(NO_BREAK, held)) for stem, held in files.items()}


@lru_cache(maxsize=8)
def _folders(own: Path | None) -> Mapping[str, Path]:
    found = sorted(file.parent for parent in (own, TEXT) if parent for file in parent.glob("*/language.toml"))
    by_language = {folder.name: folder for folder in sorted(found, key=lambda each: each.parent == TEXT)}
    return dict(sorted(by_language.items(), key=lambda each: (each[0] != DEFAULT, each[0])))


@dataclass(frozen=True)
class Words:
    """How this language names and writes things."""

    lang: str
    folder: Path

    @property
    def name(self) -> str:
        """What the language is called by those who speak it."""
        return self.t("language.name")

    @property
    def locale(self) -> str:
        """The locale that decides decimals, dates and currency."""
        return self.t("language.locale")

    @property
    def separators(self) -> tuple[str, str]:
        """The signs for decimals and for thousands."""
        return numbers.separators(self.locale)

    def t(self, key: str, **values: object) -> str:
        """The text of a dotted key, with values put in. Nothing is escaped. KeyError names a missing key."""
        text = self._find(*key.split("."))
        if text is None:
            raise KeyError(f"no text {key!r} in {self.lang}")
        return text.format(**values)

    def table(self, *path: str) -> dict[str, str]:
        """All texts under one heading, for a list that another program wants whole."""
        found: dict[str, str] = {}
        for folder in (GERMAN, self.folder):
            there = _inside(texts(folder), path)
            found |= there if isinstance(there, Mapping) else {}
        return found

    @property
    def heading(self) -> str:
        """What the dashboard is called: as the texts of the language say, else the Land."""
        return self._find("frame", "heading") or in_one(land.own().title, self.lang)

    def number(self, x: Number, decimals: int = 0) -> str:
        """1.234,5 in German, 1,234.5 in English; a true minus sign."""
        return numbers.decimal(x, self.locale, decimals, decimals)

    def percent(self, x: Number, decimals: int = 1) -> str:
        """A fraction as a percentage: 0.123 is 12,3 % in German and 12.3% in English."""
        return numbers.percent(x * 100, self.locale, decimals)

    def eur(self, x: Number, decimals: int = 0) -> str:
        """Euros: 3.270.297 € in German, €3,270,297 in English."""
        return numbers.euros(x, self.locale, decimals)

    def vzae(self, x: Number, decimals: int | None = None) -> str:
        """Full-time equivalents, with so many decimals, or the second only where there is one."""
        least, most = (1, 2) if decimals is None else (decimals, decimals)
        return f"{numbers.decimal(x, self.locale, least, most)}{NO_BREAK}{self.t('number.vzae')}"

    def change(self, x: Number, decimals: int = 0) -> str:
        """A relative change with its sign: 0.12 is +12 %."""
        return numbers.signed(x, self.percent(numbers.size(x), decimals))

    def points(self, x: Number, decimals: int = 1) -> str:
        """A difference of two rates with its sign: −0.034 is −3,4 Prozentpunkte."""
        return numbers.signed(x, self.t("number.points", number=self.number(numbers.size(x) * 100, decimals)))

    def write(self, x: Number, unit: str) -> str:
        """A number in its unit, as one text: the way it stands in a hover, a table, a sentence.

        A rate of deviated counts is written as precisely as its base or its bounds bear it (`precision`).
        """
        return precision.percent(x, self) if unit == "percent" else precision.other(x, unit, self)

    def exactly(self, x: Number, unit: str) -> str:
        """A number in its unit with the digits of that unit."""
        if unit == "eur":
            return self.eur(x)
        if unit == "vzae":
            return self.vzae(x)
        return self.number(x, 1 if unit in ("per_post", "per_1000") else 0)

    def band(self, band: Band) -> str:
        """Between which shares one lies, as a table has room for it: ½ bis ¾."""
        return self.t(f"band.{band.name.lower()}")

    def share(self, band: Band) -> str:
        """The same in a sentence: die Hälfte bis drei Viertel."""
        return self.t(f"band.said.{band.name.lower()}")

    def date(self, d: date) -> str:
        """30.09.2026 in German, 30 September 2026 in English."""
        return str(format_date(d, format=self.t("language.date"), locale=self.locale))

    def period(self, value: str | int) -> str:
        """`2026-Q3` as 3. Quartal 2026, `2026-09` as September 2026, `2026` as it is."""
        return self._period(str(value), "period", "wide")

    def period_short(self, value: str | int) -> str:
        """A period for the end of an axis: Q3 2026, Sept. 2026."""
        return self._period(str(value), "period_short", "abbreviated")

    def during(self, value: str | int) -> str:
        """When something happened: im 3. Quartal 2026, im Jahr 2025. What is no period stays as it is."""
        return self._when(str(value), "during")

    def at_end(self, value: str | int) -> str:
        """How something stood: Ende September 2026, for the third quarter as for the month."""
        return self._when(str(value), "end")

    def unit(self, name: str, role: Role) -> str:
        """The unit of a column: its measure's, else told by the suffix of its name, else by its role."""
        if name in measures.register():
            return measures.register()[name].unit
        for suffix, unit in SUFFIXES.items():
            if name.removesuffix("_mean").endswith(suffix):
                return unit
        return {Role.COUNT: "persons", Role.RATE: "percent"}.get(role, "number")

    def cell(self, cell: Cell, name: str, role: Role) -> str:
        """A cell of a table as text. A gap is its symbol; an amount of zero is –, a rate of zero 0 %."""
        if isinstance(cell, Gap):
            return cell.value
        if isinstance(cell, Band):
            return self.band(cell)
        if cell is None:
            return Gap.UNKNOWN.value
        if isinstance(cell, bool):
            return self.t("number.yes" if cell else "number.no")
        if isinstance(cell, date):
            return self.date(cell.date() if isinstance(cell, datetime) else cell)
        if role is not Role.DIMENSION and is_number(cell) and not isinstance(cell, str):
            # Nobody is 0: only exact figures can say so. No money is –.
            return "–" if cell == 0 and role is Role.AMOUNT else self.write(cell, self.unit(name, role))
        return self.place_or_category(str(cell), name)

    def place_or_category(self, value: str, name: str) -> str:
        """The text of a dimension's value: an area's label, a period, or a category."""
        if value in areas.register() and name.endswith("_code"):
            return self.area(value)
        if periods.read(value) and name != "budget_years":
            return self.period(value)
        return self.category(value, name)

    def listed(self, names: Sequence[str]) -> str:
        """Several names as one text: Asselfingen, Ballendorf und Langenau."""
        return str(format_list(list(names), locale=self.locale))

    def label(self, name: str) -> str:
        """The heading of a column: the measure's name, else the text `column.<name>`."""
        if name in measures.register():
            return measures.register()[name].text("name", self.lang)
        return self.t(f"column.{name}")

    def pick(self, by_language: Texts) -> str:
        """Of a text that the data has in several languages the one in this language, or the German one."""
        return in_one(by_language, self.lang)

    def area(self, code: str) -> str:
        """The label of an area, which no other area has."""
        return areas.register()[code].label

    def category(self, value: str, name: str = "") -> str:
        """A value of the export format; an office's own value stays as it is. `name` is its column."""
        text = self._find("category", value)
        if text is not None:
            return text
        if paid := land.own().programme(value):
            return paid.names.get(self.lang, value)
        # IT is Italy among the countries, and a skill among the skills.
        if re.fullmatch("[A-Z]{2}", value) and name != "skill":
            return str(Locale.parse(self.locale).territories.get(value, value))
        return value

    def _period(self, value: str, table: str, width: Literal["wide", "abbreviated"]) -> str:
        found = periods.read(value)
        if found and found.grain == "quarter":
            return self.t(f"{table}.quarter", quarter=found.number, year=found.year)
        if found and found.grain == "month":
            name = get_month_names(width, context="stand-alone", locale=self.locale)[found.number]
            return f"{name} {found.year}"
        if found and found.first_year < found.year:
            return self.t(f"{table}.{found.grain}", first=found.first_year, last=found.year)
        return value

    def _when(self, value: str, table: str) -> str:
        found = periods.read(value)
        if not found:
            return value
        months = get_month_names("wide", context="format", locale=self.locale)
        return self.t(
            f"period.{table}.{found.grain}",
            quarter=found.number,
            month=months[found.last_day.month],
            year=found.year,
            first=found.first_year,
        )

    def _find(self, *path: str) -> str | None:
        # An installation's own language may lack a text that is new: better in German than no page.
        found = (_inside(texts(folder), path) for folder in (self.folder, GERMAN))
        return next((text for text in found if isinstance(text, str)), None)


def _inside(found: object, path: tuple[str, ...]) -> object:
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
