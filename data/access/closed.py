"""What keeps the inside closed to whoever asks, and what they are told."""

from enum import Enum

from data.access.rights import Reader
from data.foundation import areas
from data.foundation.errors import DashboardError


class Door(Enum):
    """What keeps the inside closed to whoever asks."""

    SETTING = "setting"  # nobody opened it: this process serves the public
    REACHED = "reached"  # signed in by a click, and others reach the server
    STORE = "store"  # signed in by a click, and the store is none of a demonstration
    SIGN_IN = "sign_in"  # nobody is signed in, or no more
    RIGHT = "right"  # the account may not do this
    SENDER = "sender"  # nor hand in as this sender
    AGREEMENT = "agreement"  # what watches people who work there, without a word of their staff council
    AREA = "area"  # nor read exact figures of this area, or of all that an answer tells of


class InternalClosedError(DashboardError):
    """Exact figures or internal work, for somebody who may not."""

    exit_code = 2

    def __init__(self, door: Door) -> None:
        self.door = door
        super().__init__(
            {
                Door.SIGN_IN: "Exact figures and internal pages need a sign-in.",
                Door.AGREEMENT: "This watches people who work there. It is answered once the agreement with "
                "their staff council is confirmed: DASHBOARD_STAFF_COUNCIL_AGREES=1.",
                Door.RIGHT: "This account has no right to that. Whoever administers accounts can give it.",
            }.get(
                door,
                "Exact figures and internal pages are closed. They open with DASHBOARD_ROLE=internal, where "
                "everybody signs in. Accounts of a demonstration open by a click, before demonstration data "
                "alone and on a server that only its own machine reaches.",
            )
        )


class NotTheirSenderError(InternalClosedError):
    """A delivery of a sender that somebody else answers for."""

    def __init__(self) -> None:
        super().__init__(Door.SENDER)

    def __str__(self) -> str:
        return "This account doesn't answer for the sender of this delivery. Nothing of it is kept."


class NotTheirAreaError(InternalClosedError):
    """Exact figures of an area that somebody else answers for, or of more than one's own."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(Door.AREA)
        self._labels = sorted(areas.register()[code].label for code in reader.read_areas)

    def __str__(self) -> str:
        return (
            f"This account reads exact figures of {', '.join(self._labels) or 'no area'} alone: no other "
            "area, no comparison with one, and no total over more. The release has what is published of them."
        )
