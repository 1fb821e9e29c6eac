"""What an attacker has: the public file laid out, the method, and the tools of all attacks."""
