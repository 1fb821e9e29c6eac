"""Work in a process of its own: its memory and its time end somewhere, and whatever ends it is told."""
