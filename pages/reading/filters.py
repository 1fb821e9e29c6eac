"""The filters that all pages share: area, period, comparison. Their state is the address.

A place has months from Kreis upward; a municipality has quarters and years.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from data.access.rights import PUBLIC, Reader
from data.foundation import areas, goal_areas, periods
from data.publish import ask, lasting, releases, withdrawn
from data.questions.filters import Filters
from pages.menu import MENU, PARTS
from pages.reading import address, groups, language, reader, tabs
from pages.reading.areabox import box
from pages.text.words import plain

MOST_BESIDE = 4  # places beside one: the eye tells no more than five lines apart
SHARED = ("lang", "area_code", "grouping", "period", "compare", "release")


@dataclass(frozen=True)
class Unknown:
    """A choice in the address that does not exist."""

    name: str
    value: str


def chosen(**own: str) -> Filters:
    """Everything that this reader has chosen. What the address does not say, or says wrongly, is the default.

    A page adds the filters of its own: `filters.chosen(goal_area=filters.choose("goal_area", ...))`. A month
    becomes its quarter where months are not published. A grouping stands instead of an area. Of several
    places to compare with it is the first area: `beside` has them all.
    """
    found = address.once("chosen", _chosen)
    return replace(found, **own) if own else found


def _chosen() -> Filters:
    grouping = _known("grouping", groups.every())
    area_code = (None if grouping else _known("area_code", areas.register())) or areas.LAND
    compare = next((code for code in beside() if code in areas.register()), None)
    period = _known("period", _periods()) or opening(area_code, grouping)
    if period and too_fine(period, area_code, *beside()):
        period = _quarter(period)
    return Filters(
        area_code=area_code,
        compare=compare,
        period=period,
        edition=reader.version(),
        grouping=grouping,
    )


def beside() -> tuple[str, ...]:
    """The areas and groupings to compare with, each once, without the one that is looked at."""
    return address.once("beside", _beside)


def _beside() -> tuple[str, ...]:
    every = dict.fromkeys(_listed("compare"))
    known = [code for code in every if code in areas.register() or code in groups.every()]
    own = _known("grouping", groups.every()) or _known("area_code", areas.register()) or areas.LAND
    return tuple(code for code in known if len(known) == 1 or code != own)[:MOST_BESIDE]


def compare_with(*codes: str) -> None:
    """Choose the places to compare with. Only in a callback."""
    address.write("compare", ",".join(codes))


def month_asked() -> str | None:
    """The month in the address, if its quarter is shown instead."""
    asked = _known("period", _periods())
    return asked if asked and asked != chosen().period else None


def unknown() -> list[Unknown]:
    """The choices in the address that do not exist."""
    codes: dict[str, Collection[str]] = {
        "lang": language.offered(),
        "area_code": areas.register(),
        "grouping": groups.every(),
        "period": _periods(),
        "compare": {*areas.register(), *groups.every()},
        "release": [each.name for each in (*releases(), *withdrawn())],
    }
    return [
        Unknown(name, value)
        for name, known in codes.items()
        for value in (_listed(name) if name == "compare" else [address.read(name)])
        if value and value not in known
    ]


def boxes() -> None:
    """The boxes in which a reader chooses area, period and comparison."""
    words, now = language.words(), chosen()
    box.offer()
    with st.container(key="filters"):
        box.draw("area_code", now.grouping or now.area_code)
        _box("period", offered(_periods(), now), now.period, words.period)
        box.draw("compare", *beside(), required=False, most=MOST_BESIDE)


def printed(path: str) -> str:
    """What the boxes say, which part is open and where the page is: on paper, where there are no boxes."""
    words, now = language.words(), chosen()
    group = groups.chosen()
    said = [group.label if group else words.area(now.area_code), words.period(now.period or "")]
    page = next((file.rpartition("/")[2] for file, address_of in MENU.items() if address_of == path), "")
    page = "groupings" if group and page == "municipality" else page
    if page in PARTS and (not group or page == "groupings"):
        said.append(words.t(f"{page}.part.{tabs.opened(page)}"))
    if others := beside():
        said.append(
            words.t("filters.printed.compare", area=words.listed([groups.named(code) for code in others]))
        )
    # With the name of its release, the address on paper shows the same figures for ever.
    release = now.edition if reader.audience() == PUBLIC else None
    state = {
        "area_code": None if group else now.area_code,
        "grouping": now.grouping,
        "period": now.period,
        "compare": ",".join(beside()),
        "release": release,
    }
    state |= {name: code for name, code in address.own(SHARED).items() if name != tabs.NAME or page in PARTS}
    query = urlencode({"lang": language.chosen()} | {name: code for name, code in state.items() if code})
    here = urlsplit(st.context.url or "")
    return "".join(
        f"<p>{escape(line)}</p>"
        for line in (" · ".join(said), f"{here.scheme}://{here.netloc}/{path}?{query}")
    )


def choose(
    name: str,
    codes: Collection[str],
    default: str,
    label: Callable[[str], str] | None = None,
    known: Collection[str] = (),
) -> str:
    """A box of one page for another field of `Filters`, e.g. `goal_area`. Its code is in the address too.

    A code in the address that is `known` elsewhere gives way to the default without a word.
    """
    address.bind(name)
    code = _known(name, codes) or default
    if address.read(name) not in ("", code, *known):
        value = plain(address.read(name)[:40])
        st.warning(language.words().t("notes.unknown.own", value=value))
    _box(name, tuple(codes), code, label or language.words().category)
    return code


def choose_goal_area() -> str:
    """A goal area, or a theme where the place or its comparison is smaller than a Kreis.

    An area that is chosen for a Kreis stands for its theme in one of its municipalities.
    """
    now = chosen()
    smallest = max(
        (now.area_code, now.compare or areas.LAND), key=lambda code: areas.LEVELS.index(areas.level(code))
    )
    offered = goal_areas.offered(areas.level(smallest))
    asked = address.read("goal_area")
    theme = next((each for each in goal_areas.above(asked) if each in offered), None)
    return choose("goal_area", offered, theme or goal_areas.TOTAL, known=goal_areas.parents())


def select_area(code: str) -> None:
    """Show another area, e.g. after a click on the map. Only in a callback."""
    if code in areas.register():
        groups.select(code)


def is_month(period: str) -> bool:
    """Whether a period is a month."""
    return periods.grain(period) == "month"


def quarter(period: str) -> str:
    """The quarter in which a month lies: 2026-09 is in 2026-Q3. What is no month stays as it is."""
    found = periods.read(period)
    return str((found and found.within("quarter")) or period)


def too_fine(period: str, *codes: str | None) -> bool:
    """Whether this period is not published for one of these areas."""
    return is_month(period) and _without_months(*codes)


def offered(every: Sequence[str], now: Filters) -> tuple[str, ...]:
    """The periods that can be chosen for the area and its comparison."""
    # Asked once and not for each of 150 periods: that took longer than all else of a page.
    without = _without_months(now.area_code, *beside())
    return tuple(each for each in every if not (without and is_month(each)))


def _without_months(*codes: str | None) -> bool:
    if reader.audience() != PUBLIC:
        return False
    known = areas.register()
    # A grouping is made of municipalities.
    small = any(code and not (code in known and areas.by_month(areas.level(code))) for code in codes)
    return small or groups.chosen() is not None


def _box(
    name: str,
    codes: tuple[str, ...],
    code: str | None,
    label: Callable[[str], str],
) -> None:
    t = language.words().t
    key = f"{name}_box"
    # The address leads: the box shows what it says, also after the back button or a click on the map.
    st.session_state[key] = code
    st.selectbox(
        t(f"filters.{name}.label"),
        codes,
        key=key,
        format_func=label,
        filter_mode="fuzzy",
        placeholder=t(f"filters.{name}.placeholder"),
        on_change=_take,
        args=(name, key),
    )


def _take(name: str, key: str) -> None:
    address.write(name, st.session_state[key] or "")


def _known(name: str, codes: Collection[str]) -> str | None:
    code = address.read(name)
    return code if code in codes else None


def _listed(name: str) -> list[str]:
    """The codes that the address names under this name, with commas between them."""
    return [code for each in address.read(name).split(",") if (code := each.strip())]


def _quarter(month: str) -> str | None:
    """The quarter of a month; the newest one if that is not published yet."""
    found = quarter(month)
    return found if found in _periods() else st.session_state.get("newest")


def opening(area_code: str, grouping: str | None = None) -> str | None:
    """The quarter that opens with an area or a grouping: one late Kreis holds up no other."""
    audience, version = reader.audience(), reader.version()
    known = lasting(audience, version)
    if grouping:
        asked = Filters(area_code, edition=version, grouping=grouping)
        found = _kept_of_grouping(known, asked) if known else opening_of(asked, audience)
    else:
        openings = _kept_openings(known, version) if known else _openings(version, audience)
        found = _opens(openings, area_code)
    return found or st.session_state.get("newest")


def opening_of(asked: Filters, audience: Reader) -> str | None:
    """The same for an edition and whoever asks, without a session; None if none is known."""
    if asked.grouping:
        found = ask("frame/opening_of_grouping", asked, audience)
        return str(found.column("period")[0]) if found else None
    return _opens(_openings(asked.edition, audience), asked.area_code)


def _opens(openings: Mapping[str, str], area_code: str) -> str | None:
    """The quarter of an area among those of `frame/opening`, else that of the Land; None if none is known."""
    return openings.get(area_code) or openings.get(areas.LAND)


@lru_cache(maxsize=16)
def _kept_openings(_: Hashable, version: str | None) -> Mapping[str, str]:
    return _openings(version, PUBLIC)


def _openings(version: str | None, audience: Reader) -> Mapping[str, str]:
    found = ask("frame/opening", Filters(edition=version), audience)
    known = zip(found.column("area_code"), found.column("period"), strict=True)
    return {str(code): str(period) for code, period in known}


@lru_cache(maxsize=256)
def _kept_of_grouping(_: Hashable, asked: Filters) -> str | None:
    return opening_of(asked, PUBLIC)


def _periods() -> tuple[str, ...]:
    audience, asked = reader.audience(), Filters(edition=reader.version())
    known = lasting(audience, asked.edition)
    return _kept_periods(known, asked) if known else _periods_of(asked, audience)


@lru_cache(maxsize=16)
def _kept_periods(_: Hashable, asked: Filters) -> tuple[str, ...]:
    return _periods_of(asked, PUBLIC)


def _periods_of(asked: Filters, audience: Reader) -> tuple[str, ...]:
    return tuple(str(period) for period in ask("frame/periods", asked, audience).column("period"))
