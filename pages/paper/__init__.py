"""One place as a PDF, to be printed for a council: what its page shows, on two to four sheets of A4."""
