"""How fast and how large: figures of one run against the real thing beside them, and what is promised."""
