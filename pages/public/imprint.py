"""Impressum: who publishes this dashboard."""

from pages.reading import notes

notes.statement("impressum")
