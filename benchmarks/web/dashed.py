"""A page of Dash with the same chart and table: `python -m benchmarks.web.dashed PORT`."""

import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from benchmarks.web import same

app = Dash(__name__, serve_locally=True)
app.layout = html.Div(
    [
        dcc.RadioItems(list(same.KREISE), same.KREISE[0], id="kreis", inline=True),
        html.H3(id="heading"),
        dcc.Graph(id="chart"),
        html.Table(id="table"),
    ]
)


@app.callback(
    Output("heading", "children"),
    Output("chart", "figure"),
    Output("table", "children"),
    Input("kreis", "value"),
)
def shown(area_code: str) -> tuple[str, go.Figure, list[html.Tr]]:
    """All of the page that hangs on the Kreis."""
    rows = same.table(area_code)
    return (
        f"Kreis {area_code}",
        same.chart(area_code),
        [html.Tr([html.Td(cell) for cell in row.values()]) for row in rows],
    )


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=sys.argv[1], debug=False)
