"""What serves all readers once it is there: of releases alone, bounded by bytes."""
