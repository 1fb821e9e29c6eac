"""A store that is looked after for years: backed up and put back, brought up to date, let go of, examined."""
