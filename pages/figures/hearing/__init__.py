"""Charts for the ear: chart2music (1.20.0, MIT, see LICENSE) and the script that brings it to our charts."""
