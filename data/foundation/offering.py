"""What this installation says to programs: who may embed its figures, and whose open data they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.foundation.errors import DashboardError

EVERYBODY, NOBODY = "*", "none"
# An origin as `frame-ancestors` has it: https, a name that may begin with `*.`, perhaps a port.
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_MAIL = re.compile(r"[^\s<>@\",;]+@[^\s<>@\",;]+")


class OfferingError(DashboardError):
    """A setting of what is offered that says nothing."""

    exit_code = 2


@dataclass(frozen=True)
class Offering:
    """`embed`: the origins whose pages may show our figures, as `frame-ancestors` has them. The others stand
    in the catalogue; an empty one is left out of it. `contributor` is the address by which GovData knows the
    office (https://www.dcat-ap.de/def/contributors/), `security` where faults are told.
    """

    embed: str = EVERYBODY
    publisher: str = ""
    contact: str = ""
    mail: str = ""
    contributor: str = ""
    security: str = ""


def offering(given: Mapping[str, str]) -> Offering:
    """From the settings by their names without `DASHBOARD_OPEN_`: `EMBED` (`*`, `none`, or origins with
    spaces between them), `PUBLISHER`, `CONTACT`, `MAIL`, `CONTRIBUTOR`, `SECURITY`. Raises OfferingError.
    """
    found = {name: value.strip() for name, value in given.items()}
    origins = (found.get("EMBED") or EVERYBODY).split()
    if origins not in ([EVERYBODY], [NOBODY]) and not all(map(_ORIGIN.fullmatch, origins)):
        raise OfferingError(
            "DASHBOARD_OPEN_EMBED: write *, none, or origins like https://zeitung.example https://*.stadt.example"
        )
    mail, contributor, security = (found.get(name, "") for name in ("MAIL", "CONTRIBUTOR", "SECURITY"))
    if mail and not _MAIL.fullmatch(mail):
        raise OfferingError("DASHBOARD_OPEN_MAIL is no mail address.")
    if contributor and not _ADDRESS.fullmatch(contributor):
        raise OfferingError("DASHBOARD_OPEN_CONTRIBUTOR: write the address of the list of dcat-ap.de.")
    if security and not _ADDRESS.fullmatch(security) and not _MAIL.fullmatch(security):
        raise OfferingError("DASHBOARD_OPEN_SECURITY: write a mail address or one that begins with https.")
    return Offering(
        "'none'" if origins == [NOBODY] else " ".join(origins),
        found.get("PUBLISHER", ""),
        found.get("CONTACT", ""),
        mail,
        contributor,
        security,
    )
