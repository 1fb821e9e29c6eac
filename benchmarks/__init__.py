"""How fast and how large: each benchmark measures ratios in one run, against the real baseline beside it."""
