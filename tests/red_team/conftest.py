"""The targets of the red team: made once by the real import and release, whatever the number of processes."""

import json
from pathlib import Path

import pytest

from data import redteam
from data.foundation.settings import Settings
from data.redteam import controls, targets
from data.redteam.attacker import likelihood
from data.redteam.attacker.verdict import Effort
from data.releases import shelf
from tests.support import stores
from tests.support.demonstration import truth

PEOPLE, SEED = 4000, 7


def shared(tmp_path_factory, name, make):
    """The outcome of `make(folder)`, made by whoever comes first."""
    return stores.told(stores.once(tmp_path_factory, name, make))


@pytest.fixture(scope="session")
def demonstration(store):
    """The demonstration in all 44 Kreise, released: the one that all tests have."""
    settings = Settings(store=store, address="localhost", port=0)
    (released,) = shelf.entries(store)
    return targets.Target(settings, shelf.database(store, released.name), truth(store))


@pytest.fixture(scope="session")
def difficult(tmp_path_factory):
    """Hard synthetic data: small places, rare attributes, clustered origins, released."""
    return shared(tmp_path_factory, "difficult", lambda folder: targets.difficult(folder, PEOPLE, SEED))


@pytest.fixture(scope="session")
def reports(tmp_path_factory, demonstration, difficult):
    """What the attacks on both say, by target and number of the attack."""

    def attacked(folder: Path):
        runs = {
            "demonstration": redteam.run(demonstration.release, demonstration.truth, effort=Effort()),
            "difficult": redteam.run(difficult.release, difficult.truth, effort=Effort(blocks=84, asked=0)),
        }
        return json.loads(json.dumps(runs))

    made = shared(tmp_path_factory, "reports", attacked)
    return {name: {each["number"]: each for each in run["attacks"]} for name, run in made.items()}


@pytest.fixture(scope="session")
def suppressed(tmp_path_factory, difficult):
    """The attacks on exact counts of which those below 10 are withheld."""

    def attacked(folder: Path):
        out = folder / "suppressed.duckdb"
        controls.suppressed(difficult.release, difficult.truth, out)
        with likelihood.undeviated():
            return redteam.run(out, difficult.truth, only=(1, 2, 5, 6, 7, 8))

    return {each["number"]: each for each in shared(tmp_path_factory, "suppressed", attacked)["attacks"]}
