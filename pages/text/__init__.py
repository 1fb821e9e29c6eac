"""The texts of the screen, one folder per language, one file per subject; and how numbers are written."""
