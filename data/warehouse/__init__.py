"""Exact figures: the SQL layers, the build, and which version serves."""
