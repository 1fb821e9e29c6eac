"""What the register will say of a delivery once it is accepted, written down when it was checked."""

from dataclasses import dataclass, replace

from data.deliveries.findings import Group
from data.deliveries.sender import Sender


@dataclass(frozen=True)
class Parcel:
    """All that the register will say of a delivery without faults, once its files lie in a folder.

    `files` are the hashes of everything in that folder; `base` are the hashes of the sender's deliveries
    that it was checked against. `profile`, if somebody gave one beside the files, is kept for their sender.
    """

    path: str
    sha256: str
    head: Sender
    rows: dict[str, int]
    present: dict[str, tuple[str, ...]]
    recognised: dict[str, dict[str, str | int | None]]
    groups: tuple[Group, ...]
    files: dict[str, str]
    base: tuple[str, ...]
    handed_in_ns: int
    profile: str | None = None


def dated(parcel: Parcel, handed_in_ns: int) -> Parcel:
    """The same parcel, in the order of the moment when somebody said yes."""
    return replace(parcel, handed_in_ns=handed_in_ns)


def with_profile(parcel: Parcel, text: str | None) -> Parcel:
    """The same parcel, with a profile to be kept for its sender."""
    return replace(parcel, profile=text)
