"""Charts: pure functions that are handed a `Published` and return a figure. They cannot ask for figures."""
