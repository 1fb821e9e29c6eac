"""What a picture of exact figures must say wherever it ends up."""

import plotly.graph_objects as go

from pages.parts.charts import theme
from pages.parts.words import Words


def not_for_publication(fig: go.Figure, words: Words) -> None:
    """Write across the chart that it is not for publication, so that every image of it says so."""
    fig.add_annotation(
        text=theme.plain(words.t("chart.not_for_publication")),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        textangle=-15,
        opacity=0.35,
        showarrow=False,
        font={"size": 22, "color": theme.CHOSEN},
    )
