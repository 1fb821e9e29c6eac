"""Handing in: upload, what was found, what it changes, and the list of deliveries."""
