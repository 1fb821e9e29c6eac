"""Publishing: what a release would change, the form, the releases there are."""
