"""What somebody may see and do: rights, each for an area or a sender, and who holds them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from data.foundation import areas
from data.foundation.errors import DashboardError

EVERY_SENDER = "all"


class Right(Enum):
    """One kind of thing that an account may do. The value is its name in the store and in commands."""

    READ = "read"  # exact figures of an area
    SEND = "send"  # hand in, compare and take back deliveries of a sender
    PUBLISH = "publish"  # build figures and publish releases
    PRESS = "press"  # have pictures of a release under its embargo
    ADMINISTER = "administer"  # accounts and their rights
    AUDIT = "audit"  # read who did what


# These are for no area and no sender: somebody may, or may not.
WITHOUT_SCOPE = (Right.PUBLISH, Right.PRESS, Right.ADMINISTER, Right.AUDIT)


class Entrance(Enum):
    """How somebody came in. It decides what is asked of them besides their rights."""

    PUBLIC = "public"  # nobody asked who they are
    COMMAND = "command"  # whoever can read the files of the store
    DEMONSTRATION = "demonstration"  # signed in by a click, at this machine, before made-up figures
    SESSION = "session"  # signed in


class WrongRightError(DashboardError):
    """A right that does not exist, or for nothing that exists."""

    exit_code = 2

    def __init__(self, right: str, scope: str, remedy: str) -> None:
        super().__init__(f"The right {right!r} can't be given for {scope!r}. {remedy}")


@dataclass(frozen=True)
class Grant:
    """One right: to read, of the area with this key and all in it; to send, as this sender."""

    right: Right
    scope: str = ""


@dataclass(frozen=True)
class Reader:
    """Somebody who asks: their name, how they came in, and what they may do.

    Frozen, so that what was decided at the beginning of a run holds to its end. `session` is the name under
    which the store knows the session, not what the browser holds.
    """

    name: str = ""
    entrance: Entrance = Entrance.PUBLIC
    grants: frozenset[Grant] = frozenset()
    session: str = field(default="", repr=False)
    # The release under its embargo that somebody asks for, and nothing else meanwhile.
    ahead: str = ""
    # From where, for the log.
    address: str = field(default="", repr=False, compare=False)

    def may(self, right: Right, scope: str = "") -> bool:
        """Whether this is theirs to do: for an area, a sender, or at all (an empty scope: for any)."""
        held = [grant.scope for grant in self.grants if grant.right is right]
        if not scope:
            return bool(held)
        if right is Right.READ:
            return scope in held or any(above.code in held for above in areas.ancestors(scope))
        if right is Right.SEND:
            return scope in held or EVERY_SENDER in held
        return bool(held)

    @property
    def reads_releases(self) -> bool:
        """Whether what they ask for is answered from releases, and nothing exact is theirs to see."""
        return bool(self.ahead) or self == PUBLIC

    @property
    def reads_all(self) -> bool:
        """Whether exact figures of the whole Land are theirs to read."""
        return self.may(Right.READ, areas.LAND)

    @property
    def read_areas(self) -> frozenset[str]:
        """The areas whose exact figures are theirs to read, as they were given: each with all in it."""
        return frozenset(grant.scope for grant in self.grants if grant.right is Right.READ)

    @property
    def senders(self) -> frozenset[str] | None:
        """The senders they answer for; None for every one."""
        held = frozenset(grant.scope for grant in self.grants if grant.right is Right.SEND)
        return None if EVERY_SENDER in held else held


EVERYTHING = frozenset(
    (
        Grant(Right.READ, areas.LAND),
        Grant(Right.SEND, EVERY_SENDER),
        Grant(Right.PUBLISH),
        Grant(Right.PRESS),
        Grant(Right.ADMINISTER),
        Grant(Right.AUDIT),
    )
)
PUBLIC = Reader()
# A command works for whoever can read the files of the store anyway.
COMMAND = Reader("", Entrance.COMMAND, EVERYTHING)


def grants(given: Iterable[tuple[str, str]]) -> frozenset[Grant]:
    """Rights as written, `("read", "08118")`, each checked. Raises WrongRightError."""
    return frozenset(_grant(right, scope) for right, scope in given)


def _grant(right: str, scope: str) -> Grant:
    names = ", ".join(each.value for each in Right)
    try:
        kind = Right(right)
    except ValueError:
        raise WrongRightError(right, scope, f"There are the rights {names}.") from None
    if kind is Right.READ and scope not in areas.register():
        raise WrongRightError(right, scope, "Give an official key (AGS): 08 for the Land, 08118 for a Kreis.")
    if kind is Right.SEND and not scope:
        raise WrongRightError(right, scope, f"Name the sender as its deliveries do, or `{EVERY_SENDER}`.")
    return Grant(kind, scope if kind in (Right.READ, Right.SEND) else "")
