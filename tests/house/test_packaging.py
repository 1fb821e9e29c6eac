"""What is shipped for whoever installs it: units that are hardened and name what exists, settings that the
program knows, a description for catalogues.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from data import VERSION
from data.commands import COMMANDS
from data.foundation import settings

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "packaging" / "systemd").glob("*.service"))
TIMERS = sorted((ROOT / "packaging" / "systemd").glob("*.timer"))
# Whoever installs a publisher copies all of `etc`, so that of a reader lies beside it.
SETTINGS = [*UNITS, *sorted((ROOT / "packaging" / "etc").glob("*.env")), ROOT / "packaging" / "reader.env"]
MOST_EXPOSED = 20  # of 100, as systemd counts: 2.0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_no_unit_is_more_exposed_than_it_has_to_be():
    done = subprocess.run(
        [
            "systemd-analyze",
            "security",
            "--offline=true",
            f"--threshold={MOST_EXPOSED}",
            "--no-pager",
            *UNITS,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    told = [float(each) for each in re.findall(r"exposure level for \S+: ([\d.]+)", done.stdout)]
    assert len(told) == len(UNITS) >= 6
    assert max(told) <= MOST_EXPOSED / 10


def test_units_run_commands_that_exist_and_timers_units():
    commands = {name.rpartition(".")[2].rstrip("_") for name in COMMANDS}
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (started,) = re.findall(r"^ExecStart=(.*)$", text, re.M)
        named = re.findall(r"-m data (\w+)", started)
        assert set(named) <= commands
        drawn = " -m pages.drawing " in started and "PrivateNetwork=yes" in text
        assert named or drawn or " dashboard.py --server.address 127.0.0.1 " in started
        assert "User=dashboard" in text
    assert {path.stem for path in TIMERS} <= {path.stem for path in UNITS}


def test_settings_that_are_shipped_are_known(monkeypatch):
    named = {
        name for file in SETTINGS for name in re.findall(r"DASHBOARD_\w+", file.read_text(encoding="utf-8"))
    }
    assert len(named) > 6
    for name in named:
        monkeypatch.setenv(name, "1")
    assert settings.unknown() == ()


def test_the_description_for_catalogues_has_what_the_standard_asks_for():
    """Without a reader of YAML: keys by their depth, and the length of the long texts."""
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    top = set(re.findall(r"^(\w+):", text, re.M))
    assert top >= {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    for key in ("license", "type", "contacts", "localisationReady", "availableLanguages"):
        assert re.search(rf"^  {key}:", text, re.M), key
    for language in ("de", "en"):
        of_language = re.search(rf"^  {language}:\n((?:    .*\n)+)", text, re.M)[1]
        short = re.search(r"shortDescription: (.*)", of_language)[1]
        long = " ".join(re.search(r"longDescription: >\n((?:      .*\n)+)", of_language)[1].split())
        assert (len(short) <= 150, 150 <= len(long) <= 10_000) == (True, True)
        assert len(re.findall(r"^      - ", of_language, re.M)) >= 1
    assert f'softwareVersion: "{VERSION}"' in text
