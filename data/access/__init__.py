"""Who may see and do what inside: accounts, their rights, sessions, and what was done."""
