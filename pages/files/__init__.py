"""What readers take away of a figure: one table, and the files that hold it."""
