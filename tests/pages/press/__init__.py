"""What newsrooms take away."""
