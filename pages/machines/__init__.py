"""What programs read: a whole release, feeds, the catalogue. All of it follows from releases."""
