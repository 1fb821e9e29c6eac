"""A funnel: shares against the size of their base, between the limits that chance alone would keep.

Small places differ more than large ones without any reason, so a list by size of the share names the small
ones first and last. The limits are quantiles of the binomial distribution round the share of the Land, exact
and not by a normal curve, together with the deviations of both counts of a published share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from data.disclosure import bounds
from data.disclosure.bands import Band
from data.disclosure.published import Gap, Published, is_number
from data.foundation import areas
from data.foundation.parameters import Parameters
from pages.charts import axis, drawn, series, theme
from pages.charts.sketch import Sketch
from pages.text import claims
from pages.text.claims import Sentence
from pages.text.words import Words

WARNING, ALARM = 0.025, 0.001  # what lies beyond each of two limits by chance: 95 % and 99.8 % between them
SIZES = 40  # so many sizes make a curve


@dataclass(frozen=True)
class Funnel:
    """What is compared: the share, the column of its base, and the place that it is about."""

    published: Published
    share: str
    base: str
    own: str

    @property
    def land(self) -> float | None:
        """The share of the Land, round which the limits lie."""
        row = next(iter(self.published.where(area_code=areas.LAND)), None)
        return series.as_number(row[self.share]) if row else None

    @property
    def places(self) -> list[dict[str, Any]]:
        """All but the Land."""
        return [row for row in self.published if row["area_code"] != areas.LAND]

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The places whose share is a number, and so is its base."""
        return [row for row in self.places if is_number(row[self.share]) and is_number(row[self.base])]

    @property
    def banded(self) -> list[dict[str, Any]]:
        """The places whose share is a band on a base that is shown."""
        return [row for row in self.places if isinstance(row[self.share], Band) and is_number(row[self.base])]

    def beyond(self, row: dict[str, Any], tail: float) -> int:
        """1 above, -1 below and 0 within the limits of a place's own base."""
        low, high = limits(self.land or 0.0, int(row[self.base]), self.published.edition.parameters, tail)
        return int(row[self.share] > high) - int(row[self.share] < low)


def told_by(area_code: str) -> str:
    """The place that a comparison is about: a municipality itself, else the Kreis, else the Land."""
    kreis = areas.within(area_code, areas.KREIS)
    return area_code if areas.level(area_code) == areas.GEMEINDE else kreis or areas.LAND


@lru_cache(maxsize=4096)
def limits(share: float, base: int, parameters: Parameters | None, tail: float) -> tuple[float, float]:
    """Between which published shares a place of this base lies, if its people are as likely as `share`.

    Beyond each of the two lies `tail` at most. A published base is off by some people and its part by others,
    each as `bounds.long_run` says; exact figures have no `parameters`.
    """
    off = np.array(bounds.long_run(parameters) if parameters else (1.0,))
    most = len(off) // 2
    exact = base + np.arange(-most, most + 1)
    possible = exact > 0
    parts = np.arange(base + most + 1)
    likely = off[possible] @ _binomial(parts, exact[possible][:, None], share)
    published = np.cumsum(np.convolve(likely, off)) / (likely.sum() * off.sum())
    low = int(np.searchsorted(published, tail, side="right")) - most
    high = int(np.searchsorted(published, 1 - tail, side="left")) - most
    return max(0.0, low / base), min(1.0, high / base)


def _binomial(parts: np.ndarray, wholes: np.ndarray, share: float) -> np.ndarray:
    """How likely so many of a whole are, each with the chance `share`; a row for each of `wholes`, a column.

    As `scipy.stats.binom.pmf`, which takes as long to load as a page to draw.
    """
    rest = wholes - parts
    ways = gammaln(wholes + 1) - gammaln(parts + 1) - gammaln(np.maximum(rest, 0) + 1)
    return np.where(rest < 0, 0.0, np.exp(ways + xlogy(parts, share) + xlog1py(np.maximum(rest, 0), -share)))


@drawn.once
def plot(published: Published, *, words: Words, share: str, base: str, own: str) -> Sketch:
    """Each place by base and share, the own one marked; bands from end to end; nothing withheld."""
    found = Funnel(published, share, base, own)
    fig = theme.figure(words, height=440)
    rows = [*found.shown, *found.banded]
    sizes = [int(row[base]) for row in rows]
    top = 0.0
    if found.land is not None and sizes:
        top = limits(found.land, min(sizes), published.edition.parameters, ALARM)[1]
        _draw_limits(fig, words, found, sorted({int(x) for x in np.geomspace(min(sizes), max(sizes), SIZES)}))
    for row in found.banded:
        _draw_band(fig, words, found, row)
    for mine in (False, True):
        _draw_places(
            fig, words, found, [row for row in found.shown if (row["area_code"] == own) is mine], mine
        )
    shares = [float(row[share]) for row in found.shown] + [row[share].high for row in found.banded]
    fig.update_layout(
        xaxis={
            **axis.of_values(words, "number", sizes),
            "title": {"text": theme.plain(words.label(base)), "font": {"size": 14}},
        },
        yaxis=axis.of_values(words, "percent", [*shares, top]),
    )
    return fig


def verdict(found: Funnel, *, words: Words, key: str, **values: str) -> Sentence:
    """What may be said of the own place, and no more: whether it lies within the limits.

    `key`.within, .edge (between the limits), .above, .below; .none where it has no number; for the Land,
    .land with how many places lie {inside} of the {known}.
    """
    row = next((each for each in found.shown if each["area_code"] == found.own), None)
    told = {**values, "place": words.area(found.own)}
    if found.own == areas.LAND and found.land is not None and found.shown:
        inside = sum(found.beyond(each, ALARM) == 0 for each in found.shown)
        numbers = {"inside": words.number(inside), "known": words.number(len(found.shown))}
        return Sentence(words.t(f"{key}.land", **told, **numbers))
    if row is None or found.land is None:
        return Sentence(words.t(f"{key}.none", **told))
    far = found.beyond(row, ALARM)
    way = {1: "above", -1: "below"}.get(far, "edge" if found.beyond(row, WARNING) else "within")
    return Sentence(words.t(f"{key}.{way}", **told), claims.figure(found.published, found.share, row))


def counted(found: Funnel, *, words: Words, key: str) -> str:
    """How many of the places are in the chart: `key` with {known}, {every}, {bands} and {withheld}."""
    withheld = sum(Gap.WITHHELD in (row[found.share], row[found.base]) for row in found.places)
    numbers = {
        "known": len(found.shown),
        "every": len(found.places),
        "bands": len(found.banded),
        "withheld": withheld,
    }
    return words.t(key, **{name: words.number(number) for name, number in numbers.items()})


def _draw_limits(fig: Sketch, words: Words, found: Funnel, sizes: Sequence[int]) -> None:
    land = found.land or 0.0
    for tail, dash, key in ((WARNING, "dash", "warning"), (ALARM, "solid", "alarm")):
        ends = [limits(land, size, found.published.edition.parameters, tail) for size in sizes]
        for at, side in enumerate(("low", "high")):
            fig.add_scatter(
                name=words.t(f"chart.funnel.{key}"),
                x=sizes,
                y=[each[at] for each in ends],
                mode="lines",
                line={"color": theme.AXIS, "dash": dash, "width": 1.5},
                hoverinfo="skip",
                showlegend=side == "low",
                meta=f"{key} {side}",
            )
    fig.add_scatter(
        name=words.area(areas.LAND),
        x=[sizes[0], sizes[-1]],
        y=[land, land],
        mode="lines",
        line={"color": theme.COMPARATOR, "width": 2},
        hoverinfo="skip",
    )


def _draw_places(fig: Sketch, words: Words, found: Funnel, rows: list[dict[str, Any]], mine: bool) -> None:
    if not rows:
        return
    fig.add_scatter(
        name=theme.plain(words.area(found.own)) if mine else words.t("chart.funnel.others"),
        x=[int(row[found.base]) for row in rows],
        y=[float(row[found.share]) for row in rows],
        mode="markers",
        marker={
            "symbol": "diamond" if mine else "circle",
            "size": 15 if mine else 9,
            "color": theme.CHOSEN if mine else theme.MAIN,
            "opacity": 1 if mine else 0.65,
            "line": {"color": theme.GROUND, "width": 1},
        },
        hovertext=[_hover(words, found, row) for row in rows],
        hoverinfo="text",
    )


def _draw_band(fig: Sketch, words: Words, found: Funnel, row: dict[str, Any]) -> None:
    mine = row["area_code"] == found.own
    fig.add_scatter(
        name=theme.plain(words.area(row["area_code"])),
        x=[int(row[found.base])] * 2,
        y=[row[found.share].low, row[found.share].high],
        mode="lines",
        line={"color": theme.CHOSEN if mine else theme.NEUTRAL, "width": 4 if mine else 1.5},
        hovertext=_hover(words, found, row),
        hoverinfo="text",
        showlegend=mine,
        meta="band",
    )


def _hover(words: Words, found: Funnel, row: dict[str, Any]) -> str:
    cells = (
        f"{theme.plain(words.label(name))}: {words.cell(row[name], name, found.published.role(name))}"
        for name in (found.share, found.base)
    )
    return "<br>".join([f"<b>{theme.plain(words.area(row['area_code']))}</b>", *cells])
