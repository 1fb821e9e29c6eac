"""The parts of the page Daten abgeben: upload, what was found, what it changes, the list of deliveries."""
