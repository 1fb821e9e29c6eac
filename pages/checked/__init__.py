"""A sentence that somebody wants to check: what it says, and whether that was published."""
