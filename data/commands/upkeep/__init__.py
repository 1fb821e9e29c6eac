"""Commands for whoever looks after an installation, and what they share."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.foundation.errors import DashboardError
from data.foundation.steps import Progress, Step

SECRETS = """Keys, accounts and the log are encrypted (age) by the passphrase in a file, or for a public key:
then the server can't read its own backups."""


class UnreadFileError(DashboardError):
    """A file that an option names."""

    exit_code = 2


def secret_text(path: Path | None, *, whole: bool = False) -> str:
    """What a file with a passphrase (its first line) or a key says; `-` is stdin. Raises UnreadFileError."""
    if path is None:
        return ""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnreadFileError(f"{path} can't be read ({error}). Nothing was changed.") from None
    return text if whole else text.split("\n", 1)[0].strip()


@contextmanager
def bar(unit: str) -> Iterator[Progress]:
    """A progress bar where somebody looks at a terminal."""
    from tqdm import tqdm

    with tqdm(unit=unit, file=sys.stderr, disable=not sys.stderr.isatty()) as shown:

        def progress(step: Step) -> None:
            shown.total = step.of
            shown.set_description(step.stage, refresh=False)
            shown.update(step.done - shown.n)

        yield progress
