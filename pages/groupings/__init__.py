"""The pages for a grouping: sums of what its municipalities show, and of how many each sum is."""
