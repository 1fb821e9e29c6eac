"""`python -m pages.drawing SOCKET`: draw for the servers whose `DASHBOARD_DRAWING` names this socket."""

import logging
import signal
import sys
import threading
from pathlib import Path

from pages.drawing.helpers import Helpers
from pages.drawing.service import Service


def main(given: list[str]) -> int:
    """Serve at this path until SIGTERM or SIGINT; 2 without one path, 1 if nothing can listen there."""
    if len(given) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    try:
        service = Service(Path(given[0]), Helpers())
    except OSError as error:
        print(f"{given[0]} can't be listened at: {error.strerror}.", file=sys.stderr)
        return 1
    ended = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: ended.set())
    threading.Thread(target=service.run, daemon=True).start()
    ended.wait()
    service.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
