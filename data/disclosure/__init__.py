"""What may be published of exact figures, and how: deviations, rules, and the answer that may leave. Pure."""
