"""The parts of the page Veröffentlichen: what a release would change, the form, the releases there are."""
