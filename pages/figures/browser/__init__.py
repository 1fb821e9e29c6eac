"""What a browser gets of ours: the scripts that draw charts and tables and bring charts to the ear.

chart2music 1.20.0 and the basic bundle of plotly.js 4.1.1 are kept as they are published (both MIT,
`*.LICENSE`).
"""
