"""What an installation has to say of itself: imprint, privacy, accessibility; and the model texts for it."""
