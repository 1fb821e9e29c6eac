"""A chart as SVG, drawn without a browser: lines, bars and marks as Plotly shows them on the page.

The same figure gives the same bytes, in every process. Maps and flows are not drawn.
"""
