"""From the first value to the latest: how many people made which change, and how many stayed."""

from data.disclosure.published import Gap, Published
from pages.charts import axis, drawn, series, theme
from pages.charts.sketch import Sketch
from pages.text.words import Words

TOP = 8
BELOW = 62  # pixels for what is said below the bars


@drawn.once
def first_to_latest(
    published: Published,
    *,
    words: Words,
    source: str = "first_value",
    target: str = "latest_value",
    value: str = "persons",
) -> Sketch:
    """A bar for each of the most frequent pairs of first and latest value, in the order of the rows.

    Changes are dark, those who stayed are grey. Withheld and unknown pairs are left out; how many are
    withheld is said below the bars.
    """
    rows = [(str(row[source]), str(row[target]), series.as_number(row[value])) for row in published]
    pairs = [(first, latest, size) for first, latest, size in rows if size][:TOP]
    labels = [_label(words, first, latest) for first, latest, _ in pairs]
    fig = theme.figure(words, height=90 + axis.room(labels) * max(len(pairs), 1))
    widest = max((size for _, _, size in pairs), default=0.0)
    fig.update_layout(barmode="overlay", bargap=0.35)
    for stayed, colour in ((False, theme.MAIN), (True, theme.NEUTRAL)):
        here = [(at, pair) for at, pair in enumerate(pairs) if (pair[0] == pair[1]) is stayed]
        if not here:
            continue
        fig.add_bar(
            name=words.t("chart.stayed" if stayed else "chart.changed"),
            orientation="h",
            y=[at for at, _ in here],
            x=[size for _, (_, _, size) in here],
            text=[words.number(size) for _, (_, _, size) in here],
            textposition=["inside" if size > widest * 0.6 else "outside" for _, (_, _, size) in here],
            constraintext="none",
            insidetextanchor="end",
            insidetextfont={"color": theme.GROUND},
            textangle=0,
            cliponaxis=False,
            marker={"color": colour},
            hovertext=[f"<b>{labels[at]}</b><br>{words.number(size)}" for at, (_, _, size) in here],
            hoverinfo="text",
        )
    fig.update_xaxes(
        {**axis.of_values(words, "persons", [size for _, _, size in pairs]), "showticklabels": False}
    )
    fig.update_yaxes(axis.of_rows(labels))
    withheld = sum(cell is Gap.WITHHELD for cell in published.column(value))
    if withheld:
        key = "chart.one_flow_withheld" if withheld == 1 else "chart.flows_withheld"
        fig.add_annotation(
            text=theme.wrapped(words.t(key, number=words.number(withheld)), 32),
            x=0,
            y=0,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            yshift=-6,
            align="left",
            showarrow=False,
            font={"size": 13, "color": theme.QUIET_TEXT},
        )
        # Room of its own: taken from the rows, names of two lines would lie upon each other.
        height, below = fig.layout["height"], fig.layout["margin"]["b"]
        fig.update_layout(margin={"b": BELOW}, height=height + BELOW - below)
    return fig


def _label(words: Words, first: str, latest: str) -> str:
    if first == latest:
        return theme.wrapped(words.category(first), 24)
    return theme.wrapped(
        words.t("chart.flow", source=words.category(first), target=words.category(latest)), 24
    )
