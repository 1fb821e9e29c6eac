"""A profile in a hand-in: which one is used, how it reads, and that it belongs to what is stored."""

from pathlib import Path

import duckdb

from data.deliveries import hashes
from data.deliveries.findings import Group
from data.deliveries.naming import FORMAT, Naming
from data.deliveries.parts import RAW, Part
from data.deliveries.profiles import saved
from data.deliveries.profiles.language import Profile
from data.deliveries.profiles.mapping import mapped
from data.deliveries.profiles.recognise import naming
from data.deliveries.sender import Given, as_date
from data.settings import Settings

FILE = "profile.toml"


def chosen(settings: Settings, given: Given) -> Profile | None:
    """The profile given beside the files, else the one saved for the sender. Raises `ProfileWrong`."""
    saved.finish(settings)
    if given.profile or not given.sender:
        return given.profile
    return saved.of(settings, given.sender)


def how(profile: Profile | None) -> Naming:
    """How the files are read."""
    return naming(profile) if profile else FORMAT


def address(sha256: str, profile: Profile | None) -> str:
    """The hash of a delivery: of its files and of the profile, since another one makes other rows of them."""
    if profile is None or not sha256:
        return sha256
    return hashes.with_profile(sha256, profile.text)


def apply(
    connection: duckdb.DuckDBPyConnection,
    parts: list[Part],
    profile: Profile | None,
    given: Given,
    kept: Path,
) -> tuple[list[Part], list[Group]]:
    """The parts in the tables of the format; the profile is laid beside the original files.

    A saved profile stays out of a delivery that is in the format already.
    """
    if profile is None or not (given.profile or any(part.table == RAW for part in parts)):
        return parts, []
    (kept / FILE).write_text(profile.text, encoding="utf-8")
    beside = {"sender": given.sender, "reporting-date": _written(given)}
    return mapped(connection, parts, profile, {key: value for key, value in beside.items() if value})


def _written(given: Given) -> str:
    day = as_date(given.reporting_date) if given.reporting_date else None
    return f"{day:%d.%m.%Y}" if day else str(given.reporting_date or "")
