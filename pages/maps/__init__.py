"""The map on a page: its shapes, and the script that draws them, answers a click and walks by arrow keys."""
