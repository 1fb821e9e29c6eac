"""From the first value to the latest: who moved where."""

from typing import Any

import plotly.graph_objects as go

from data.disclosure.published import Gap, Published
from pages.charts import drawn, series, theme
from pages.text.words import Words

# Nodes stand 5 % apart; Plotly wants their middles, as shares of the height.
LABELLED = 0.015
APART = 0.04


@drawn.once
def first_to_latest(
    published: Published,
    *,
    words: Words,
    source: str = "first_value",
    target: str = "latest_value",
    value: str = "persons",
) -> go.Figure:
    """A band for each move from a first to a latest value. Withheld and unknown moves are left out.

    How many are withheld is said below the figure; a node is only as high as the moves that are drawn.
    """
    rows = [(str(row[source]), str(row[target]), series.as_number(row[value])) for row in published]
    moves = [(first, latest, size) for first, latest, size in rows if size]
    left = _in_order(words, [move[0] for move in moves])
    right = _in_order(words, [move[1] for move in moves])
    sizes_left = [sum(size for first, _, size in moves if first == name) for name in left]
    sizes_right = [sum(size for _, latest, size in moves if latest == name) for name in right]
    fig = theme.figure(words, height=140 + 36 * max(len(left), len(right), 3), legend=False)
    names = [theme.plain(words.category(name)) for name in (*left, *right)]
    sizes = [*sizes_left, *sizes_right]
    labels = [f"{name} {words.number(size)}" for name, size in zip(names, sizes, strict=True)]
    # A name beside a hair-thin node would lie across its bands; the hover and the table have it.
    least = LABELLED * sum(sizes_left)
    fig.add_sankey(
        arrangement="fixed",
        textfont={"color": theme.TEXT, "size": 13, "shadow": "none"},
        node={
            "label": [label if size >= least else "" for label, size in zip(labels, sizes, strict=True)],
            "customdata": labels,
            "x": [0.001] * len(left) + [0.999] * len(right),
            "y": [*_middles(sizes_left), *_middles(sizes_right)],
            "color": [theme.MAIN] * len(left) + [theme.ATTAINED] * len(right),
            "line": {"color": theme.GROUND, "width": 0},
            "thickness": 14,
            "pad": 14,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [left.index(first) for first, _, _ in moves],
            "target": [len(left) + right.index(latest) for _, latest, _ in moves],
            "value": [size for _, _, size in moves],
            "color": theme.LINK,
            "customdata": [_hover(words, move) for move in moves],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )
    fig.update_layout(margin={"l": 8, "r": 8, "t": 36, "b": 40})
    for key, place, side in (("first", 0, "left"), ("latest", 1, "right")):
        text = theme.plain(words.label(source if key == "first" else target))
        fig.add_annotation(text=f"<b>{text}</b>", x=place, y=1, yshift=26, xanchor=side, **_paper())
    withheld = sum(cell is Gap.WITHHELD for cell in published.column(value))
    if withheld:
        key = "chart.one_flow_withheld" if withheld == 1 else "chart.flows_withheld"
        text = theme.wrapped(words.t(key, number=words.number(withheld)), 48)
        fig.add_annotation(
            text=text, x=0, y=0, yshift=-6, xanchor="left", yanchor="top", align="left", **_paper()
        )
    return fig


def _in_order(words: Words, names: list[str]) -> list[str]:
    # In the order of the official list: levels of language rise from top to bottom on both sides.
    official = list(words.table("category"))
    once = list(dict.fromkeys(names))
    return sorted(once, key=lambda name: official.index(name) if name in official else len(official))


def _middles(sizes: list[float]) -> list[float]:
    whole, top, found = sum(sizes) or 1.0, 0.0, []
    free = 1 - APART * (len(sizes) - 1)
    for size in sizes:
        height = size / whole * free
        found.append(min(max(top + height / 2, 0.001), 0.999))
        top += height + APART
    return found


def _hover(words: Words, move: tuple[str, str, float]) -> str:
    first, latest, size = move
    names = {"source": words.category(first), "target": words.category(latest)}
    return f"<b>{theme.plain(words.t('chart.flow', **names))}</b><br>{words.number(size)}"


def _paper() -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 13, "color": theme.QUIET_TEXT},
    }
