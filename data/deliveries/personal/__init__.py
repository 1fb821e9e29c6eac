"""What a personal detail is, told by its form. Pure: it reads texts and knows no delivery."""
