"""Releases: published figures, each made once, on purpose, from everything that is stored."""
