"""A chart while it is drawn: plain values in the shape that Plotly reads.

Plotly's own objects check each value as it comes, and again whenever one is changed: that took four fifths of
the time of a chart. Our charts are checked by a test instead, all of them, against Plotly's description.
"""

from collections.abc import Mapping
from typing import Any

import plotly.io


class Sketch:
    """Traces and a layout, each a dict with the names of Plotly."""

    def __init__(self, layout: dict[str, Any]) -> None:
        self.data: list[dict[str, Any]] = []
        self.layout = layout

    def add_bar(self, **given: Any) -> None:
        """Bars, behind all that is there."""
        self.data.append({**given, "type": "bar"})

    def add_scatter(self, **given: Any) -> None:
        """Lines, marks or texts, behind all that is there."""
        self.data.append({**given, "type": "scatter"})

    def add_shape(self, **given: Any) -> None:
        """A line or a rectangle."""
        self.layout.setdefault("shapes", []).append(given)

    def add_annotation(self, **given: Any) -> None:
        """A text."""
        self.layout.setdefault("annotations", []).append(given)

    def update_layout(self, **given: Any) -> None:
        """Change these values and no others, as deep as they are given."""
        _update(self.layout, given)

    def update_xaxes(self, given: Mapping[str, Any]) -> None:
        """Change these values of every horizontal axis that is there."""
        self._update_axes("x", given)

    def update_yaxes(self, given: Mapping[str, Any]) -> None:
        """Change these values of every vertical axis that is there."""
        self._update_axes("y", given)

    def to_json(self, *, validate: bool = False) -> str:
        """As Plotly reads it. `validate` is that of `go.Figure.to_json`: nothing is checked here."""
        return str(plotly.io.to_json({"data": self.data, "layout": self.layout}, validate=validate))

    def _update_axes(self, letter: str, given: Mapping[str, Any]) -> None:
        for name, axis in self.layout.items():
            if name.rstrip("0123456789") == f"{letter}axis":
                _update(axis, given)


def _update(values: dict[str, Any], given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if isinstance(value, Mapping) and isinstance(values.get(name), dict):
            _update(values[name], value)
        else:
            values[name] = dict(value) if isinstance(value, Mapping) else value
