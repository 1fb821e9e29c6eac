"""Deliveries: files are received, read, checked against `datapackage.json`, and stored for ever."""
