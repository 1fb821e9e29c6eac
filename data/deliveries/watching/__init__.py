"""A folder that deliveries are dropped into, and what becomes of each."""
