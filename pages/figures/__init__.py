"""How a figure stands on a page: message, chart, table, files."""
