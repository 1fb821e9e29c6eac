"""What a head of department finds in the mail on Monday: written here, sent by `sending`."""
