"""Mapping profiles: an office whose program exports other names hands in as it is, once a profile exists."""
