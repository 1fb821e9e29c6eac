"""A table that is real HTML: how its cells are sorted, how it is sent, and the script that draws it."""
