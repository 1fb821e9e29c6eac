"""The anonymity guard: finds what names or reaches a person, before anything of a delivery is stored."""
