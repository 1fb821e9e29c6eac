"""`python -m data COMMAND`: everything that is done without the pages."""

import argparse
import os
import signal
import sys
from importlib import import_module

from data.commands import visible_streams
from data.foundation.errors import DashboardError

COMMANDS = (
    "demo", "import_", "groupings", "build", "release", "withdraw", "status", "undo", "upkeep.verify",
    "watch", "compare", "profile", "ask", "account", "audit", "store", "upkeep.backup", "upkeep.restore",
    "upkeep.forget", "upkeep.upgrade", "upkeep.digest", "upkeep.doctor", "upkeep.key",
    "upkeep.pull",
)  # fmt: skip
CODES = """exit codes: 0 done; 1 the store can't be used, or a fault of the program; 2 wrong arguments; 3 a
delivery was refused; 4 a build found nothing or a check failed; 5 a delivery needs --confirm, a release
--note; 6 something stored is damaged (`verify`, `build`, `release`); 130 interrupted; 141 nobody reads the
output any more; 143 told to end. More in docs/deliveries.md and docs/releases.md."""
INTERRUPTED, NOBODY_READS, ENDED = 130, 141, 143  # 128 + SIGINT, SIGPIPE, SIGTERM, as a shell has it


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code. Errors become one message on stderr."""
    with visible_streams():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__, epilog=CODES)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    # The one that is meant is read alone: what the others stand on takes a second of every start.
    meant = [name for name in COMMANDS if given and name.rpartition(".")[2].rstrip("_") == given[0]]
    for name in meant or COMMANDS:
        import_module(f"data.commands.{name}").add(commands)
    args = parser.parse_args(given)
    try:
        code: int = args.run(args)
        sys.stdout.flush()  # here, not while Python ends, where nobody could catch it
    except DashboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Interrupted. What was not said to be taken over was not.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # `… | head`: what Python still holds back goes nowhere, so that it ends without a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    return code


if __name__ == "__main__":
    # A service manager's way of ending `watch`: let go of locks and temporary files, as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(ENDED))
    sys.exit(main())
