"""Datenschutz: what becomes of what a browser tells."""

from pages.reading import notes

notes.statement("datenschutz")
