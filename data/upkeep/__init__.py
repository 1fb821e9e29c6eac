"""A store for years: verified, backed up and put back, brought up to date, let go of, examined."""
