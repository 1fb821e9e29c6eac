"""The digest of one account: what stands in it, as text and as HTML. It sends nothing.

What a mail says leaves the house, and lies in mailboxes: it has no pseudonym, and no count below the limit of
publication, whatever its reader may see behind the sign-in.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from data import publish
from data.access.rights import Reader
from data.disclosure.published import Cell, Edition, Published, is_number
from data.foundation import areas, languages
from data.foundation.languages import Fill
from data.questions.filters import Filters

TEXTS = Path(__file__).with_name("texts.toml")
KINDS = ("silent", "no_plan", "old_plan", "past_deadline", "near_36", "near_48", "over_48")
LIMIT = Edition.shown_from
DATE = {"de": "%d.%m.%Y"}


@dataclass(frozen=True)
class Part:
    """One area: its name, what is counted (a number as text and what it is of), and sentences."""

    area_code: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A digest before it is sent."""

    subject: str
    text: str
    html: str


def letter(who: Reader, url: str, lang: str, today: date) -> Letter:
    """The digest of whoever reads these areas. Raises NoFiguresError, InternalClosedError."""
    edition = publish.edition(who)
    own = sorted(who.read_areas, key=lambda code: (areas.LEVELS.index(areas.level(code)), code))
    parts = [_part(who, code, lang, today) for code in own]
    subject = _said("subject", lang, day=_day(today, lang))
    said = (_said("intro", lang, as_of=_day(edition.day, lang)), _said("outro", lang))
    return Letter(subject, _text(parts, said, url, lang), _html(parts, said, url, lang))


def _part(who: Reader, code: str, lang: str, today: date) -> Part:
    chosen = Filters(area_code=code)

    def ask(name: str) -> Published:
        return publish.ask(f"steering/{name}", chosen, who)

    now = ask("attention")
    if not now:
        return Part(code, areas.register()[code].label, (), (_said("nobody", lang),))
    (row,) = now
    lines = [(_count(row[kind], lang), _of(row, kind, lang)) for kind in ("active_cases", *KINDS)]
    place = next(iter(ask("places").where(area_code=code)), {})
    if is_number(place.get("filled_vzae")):
        approved = _number(place["approved_vzae"], lang)
        lines.append((_number(place["filled_vzae"], lang), _said("filled", lang, approved=approved)))
    money = [row for row in ask("money") if row["runs"]]
    lines += [line for row in money if (line := _expiring(row, lang))]
    late = [
        _late(row, lang) for row in ask("deliveries") if is_number(row["behind_days"]) and row["behind_days"]
    ]
    return Part(code, areas.register()[code].label, tuple(lines), (*_proofs(money, lang, today), *late))


def _of(row: dict[str, Cell], kind: str, lang: str) -> str:
    """What is counted, and how many offices are not in it because they do not deliver what would tell it."""
    senders = str(row.get(f"{kind}_without") or "")
    if not senders or not is_number(row[kind]):
        return _said(kind, lang)
    return f"{_said(kind, lang)} {_said('without', lang, number=senders.count(',') + 1)}"


def _expiring(row: dict[str, Cell], lang: str) -> tuple[str, str] | None:
    amount, most = row["expiring_eur"], row["expiring_most_eur"]
    if not isinstance(amount, Decimal) or not isinstance(most, Decimal) or not most:
        return None
    said = _said("expires", lang, phase=_phase(row), most=languages.number(_rounded(most), lang))
    return languages.number(_rounded(amount), lang), said


def _proofs(money: list[dict[str, Cell]], lang: str, today: date) -> Iterator[str]:
    for row in money:
        due = row["proof_due_on"]
        if isinstance(due, date) and due >= today:
            yield _said("proof", lang, phase=_phase(row), due=_day(due, lang))


def _late(row: dict[str, Cell], lang: str) -> str:
    days = row["behind_days"]
    return _said("late", lang, sender=str(row["sender_name"]), days=int(days) if is_number(days) else 0)  # type: ignore[arg-type]


def _count(cell: Cell, lang: str) -> str:
    """A count as it may stand in a mail."""
    if not is_number(cell):
        return _said("unknown", lang)
    number = int(cell)  # type: ignore[arg-type]
    return languages.number(number, lang) if number >= LIMIT else _said("few", lang, limit=LIMIT)


def _number(cell: Cell, lang: str) -> str:
    return languages.number(Decimal(str(cell)), lang)


def _rounded(amount: Decimal) -> int:
    """To thousands: a forecast is no more certain than that."""
    return int(round(amount, -3))


def _phase(row: dict[str, Cell]) -> str:
    return str(row["period"]).replace("-", "–")


def _day(day: date, lang: str) -> str:
    return day.strftime(DATE.get(lang, "%d %B %Y"))


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return {
        name: languages.texts(table, "text")
        for name, table in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items()
    }


def _said(name: str, lang: str, **fills: Fill) -> str:
    return languages.filled(languages.in_one(_texts()[name], lang), lang, fills)


def _address(url: str, code: str, lang: str) -> str:
    return f"{url.rstrip('/')}/steuerung?area_code={quote(code)}&lang={quote(lang)}"


def _text(parts: list[Part], said: tuple[str, str], url: str, lang: str) -> str:
    blocks = [said[0]]
    for part in parts:
        listed = [f"{number:>14}  {of}" for number, of in part.lines]
        link = [_said("link", lang, address=_address(url, part.area_code, lang))] if url else []
        blocks.append("\n".join([part.heading, "-" * len(part.heading), *listed, *part.sentences, *link]))
    return "\n\n".join([*blocks, said[1]]) + "\n"


def _html(parts: list[Part], said: tuple[str, str], url: str, lang: str) -> str:
    """Without pictures, styles from elsewhere or scripts; what a sender calls itself is text."""
    blocks = [f"<p>{escape(said[0])}</p>"]
    for part in parts:
        rows = "".join(
            f'<tr><td style="text-align:right;padding-right:1em"><b>{escape(number)}</b></td>'
            f"<td>{escape(of)}</td></tr>"
            for number, of in part.lines
        )
        blocks.append(f"<h2>{escape(part.heading)}</h2><table>{rows}</table>")
        blocks += [f"<p>{escape(each)}</p>" for each in part.sentences]
        if url:
            address = escape(_address(url, part.area_code, lang))
            blocks.append(
                f'<p>{escape(_said("link", lang, address=""))}<a href="{address}">{address}</a></p>'
            )
    blocks.append(f"<p><small>{escape(said[1])}</small></p>")
    head = f'<!doctype html><html lang="{escape(lang)}"><meta charset="utf-8">'
    return f"{head}<body>{''.join(blocks)}</body></html>"
