"""One module a command of `python -m data`: `add(commands)` declares it, `run(args)` does it.

A command returns its exit code, writes results to stdout and everything else to stderr.
"""

import getpass

REFUSED = 3  # exit code of whatever hands in: a delivery was refused
NEEDS_CONFIRMATION = 5  # exit code: it has warnings and needs a reason
# What each says of the next one, so that a first day needs no other guide.
AFTER_IMPORT = (
    "Next: `python -m data build` makes exact figures of all that is stored (inside only), "
    "`python -m data release` protected ones that everybody may read."
)
AFTER_BUILD = "Next: `python -m data release` publishes protected figures; readers see nothing of these."
AFTER_RELEASE = "Next: `make run` serves it; readers see the newest release that is under no embargo."


def operator() -> str:
    """Who types the command, for the register: the user's name; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return ""
