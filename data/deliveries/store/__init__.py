"""Accepted deliveries, kept for ever: folders addressed by content, and the register."""
