"""`python -m data COMMAND`: everything that is done without the pages."""

import argparse
import sys
from importlib import import_module

from data.errors import DashboardError

COMMANDS = ("demo", "import_", "build", "status", "ask")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code. Errors become one message on stderr."""
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"data.commands.{name}").add(commands)
    args = parser.parse_args(arguments)
    try:
        code: int = args.run(args)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return code


if __name__ == "__main__":
    sys.exit(main())
