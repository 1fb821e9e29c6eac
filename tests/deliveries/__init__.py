"""From files to stored deliveries."""
