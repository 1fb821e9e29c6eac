"""What becomes of a release after it was made: given to others whole, withdrawn."""
