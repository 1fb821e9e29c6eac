"""What a proposal is told by, beside the likeness of headings: one clue a file."""
