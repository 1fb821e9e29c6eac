"""Pages for those who hand in, steer and publish."""
