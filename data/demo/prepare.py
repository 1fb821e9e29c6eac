"""A first start: fill an empty store with demonstration deliveries, through the import of any office."""

import tempfile
from dataclasses import replace
from pathlib import Path

from data import demo, editions, models
from data.deliveries import store
from data.deliveries.several import import_deliveries
from data.errors import DashboardError
from data.redteam import quick
from data.releases import make
from data.settings import Settings
from data.steps import Progress, Step

SENDERS = 44
NOTE = "Demonstrationsdaten (synthetisch)"


class Refused(DashboardError):
    """A demonstration delivery that the import does not take: a fault of this program."""

    exit_code = 3

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The demonstration delivery {name} was refused. Run `python -m data demo --out FOLDER` and "
            "`python -m data import FOLDER/...` to see the findings."
        )


def fill(settings: Settings, cases: int, seed: int, progress: Progress) -> bool:
    """Write, import and build the demonstration; False if there was nothing to do.

    A store that holds anything but demonstration deliveries is never touched. One that a first start
    left half filled is completed: the same seed gives the same bytes, and what is stored is not stored again.
    """
    stored = store.all_deliveries(settings)
    if any(not delivery.synthetic for delivery in stored):
        return False
    missing = len({delivery.sender for delivery in stored}) < SENDERS
    serving, released = editions.current(settings.store), make.last(settings.store)
    # A newer program may ask for marts that the demonstration was built without.
    newest = models.fingerprint()
    if not missing and serving and serving.layers == newest and released and released.layers == newest:
        return False
    if missing:
        settings.store.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="demonstration-", dir=settings.store) as folder:
            _hand_in(Path(folder), settings, cases, seed, progress)
    make.make(
        settings,
        lambda step: progress(replace(step, stage="3/3 release")),
        note=NOTE,
        attacks=quick.attacks(settings.protection),
    )
    return True


def _hand_in(folder: Path, settings: Settings, cases: int, seed: int, progress: Progress) -> None:
    paths = demo.write(folder, cases, seed, lambda step: progress(replace(step, stage="1/3 write")))
    for done, imported in enumerate(import_deliveries(paths, settings, None, None), start=1):
        if not imported.accepted:
            raise Refused(paths[done - 1].name)
        progress(Step("2/3 import", "", done, len(paths)))
