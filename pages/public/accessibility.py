"""Erklärung zur Barrierefreiheit, with whom to write to."""

from pages.reading import notes

notes.statement("barrierefreiheit")
