"""`python -m data COMMAND`: everything that is done without the pages."""

import signal
import sys

from data.commands import ENDED, main

if __name__ == "__main__":
    # A service manager's way of ending `watch`: let go of locks and temporary files, as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(ENDED))
    sys.exit(main())
