"""A delivery handed in: examined, waiting, taken over, reported on."""
