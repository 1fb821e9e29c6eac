"""Sentences that somebody checks."""
