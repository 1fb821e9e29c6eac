"""Who types the commands, for the register: the name by which the operating system knows them."""

import getpass


def name() -> str:
    """The user's name; empty where the system has none for this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return ""
