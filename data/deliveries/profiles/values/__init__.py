"""What a profile makes of what is written: days, ages in years, rows that are none of its table."""
