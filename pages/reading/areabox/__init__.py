"""The box in which an area is chosen: what Python tells it, and the script that finds and ranks."""
