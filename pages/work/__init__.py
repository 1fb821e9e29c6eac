"""What pages may do to the stores, and the work that goes on beside them."""
