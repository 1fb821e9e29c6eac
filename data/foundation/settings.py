"""The settings of this installation: environment variables become one frozen `Settings`."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from data.foundation import connections, offering
from data.foundation.connections import Mailing, OpenId, is_loopback
from data.foundation.errors import DashboardError
from data.foundation.limits import LIMITS, Limits
from data.foundation.offering import Offering
from data.foundation.parameters import Parameters

METRICS, SHORTEST_TOKEN = "DASHBOARD_METRICS_TOKEN_FILE", 20
# How readers come: by which way, name and port, below which path.
ADDRESS = re.compile(
    r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*"
)
LONGEST_LINE = 200  # signs of a setting that readers see
# What works out staging and marts; of Spark Connect the address, in it the host, and what its client is told.
DUCKDB, SPARK = ENGINES = ("duckdb", "spark")
SERVER = re.compile(r"(sc://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5})(?:/;?(\S*))?")
PUBLIC, INTERNAL = ROLES = ("public", "internal")


class WrongSettingError(DashboardError):
    """A setting of this installation that says nothing."""

    exit_code = 2

    def __init__(self, name: str, value: str, remedy: str) -> None:
        super().__init__(f"{name} is {value!r}. {remedy}")


@dataclass(frozen=True)
class Settings:
    """Where the store is, where the dashboard is served, and how large a delivery may be."""

    store: Path
    address: str
    port: int
    limits: Limits = LIMITS
    # What this process serves: releases to everybody, or the inside to whoever signs in.
    role: str = "public"
    # The address that readers type, where a proxy stands before the server: it says whether there is TLS.
    url: str = ""
    # Addresses and names at which the server of this process is reached; a command is no server.
    reached_at: tuple[str, ...] = ()
    protection: Parameters = field(default_factory=Parameters)
    keys_file: Path | None = None
    texts: Path | None = None
    legal: Path | None = None
    responsible: Path | None = None
    audit_head_file: Path | None = None
    open_id: OpenId | None = None
    # In which a proxy on this machine names who has signed in at it; in small letters, empty without.
    proxy_header: str = ""
    # Whether accounts of this program's own may sign in by the form, beside or instead of the two before.
    own_form: bool = True
    # The mail server and the day of the weekly digest; None: none is sent.
    mailing: Mailing | None = None
    # The token by which figures of a server's work are read; without it only from its own machine.
    metrics_token_file: Path | None = None
    # Whether what watches people who work in an office is agreed with their staff council.
    staff_council_agrees: bool = False
    # Whether a release needs one who proposes it and another who confirms it.
    two_people: bool = False
    # Whom newsrooms may ask, one line; empty: the imprint says it.
    press_contact: str = ""
    # Whose releases the store is a copy of: the address of that installation; empty: its own.
    copy_of: str = ""
    # After how many minutes without an answer of that one pages say as of when they are.
    copy_minutes: int = 60
    # After how many days entries of the audit log are let go of; 0: never.
    audit_days: int = 0
    # The Spark Connect server that works out staging and marts; empty: DuckDB does, in this process.
    spark: str = ""

    @property
    def signs_in(self) -> bool:
        """Whether this process lets in who signs in, and nobody else."""
        return self.role == INTERNAL

    @property
    def secure(self) -> bool:
        """Whether readers reach this process by TLS, so that its cookies may be bound to it."""
        return self.url.startswith("https://")

    @property
    def base(self) -> str:
        """The path below which readers find this process, `/dash`; empty at the root of its host."""
        return urlsplit(self.url).path.rstrip("/")

    def at(self, path: str) -> str:
        """The whole address of a path of ours, as far as it is known."""
        return self.url + path

    def metrics_token(self) -> str:
        """What that file says; empty without one. Raises WrongSettingError."""
        if self.metrics_token_file is None:
            return ""
        try:
            found = self.metrics_token_file.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            found = ""
        if len(found) < SHORTEST_TOKEN:
            raise WrongSettingError(
                METRICS, str(self.metrics_token_file), f"A file with {SHORTEST_TOKEN} characters or more."
            )
        return found

    @property
    def audit_head(self) -> Path:
        """The file with the newest entry of the audit log; outside the store it finds out more."""
        return self.audit_head_file or self.store / "audit-head.json"

    @property
    def keys(self) -> Path:
        """The file with the keys of the releases: outside every database."""
        return self.keys_file or self.store / "keys" / "release-keys.json"

    @property
    def signing_key(self) -> Path:
        """The file with the key that signs the list of releases for copies; beside those of the releases."""
        return self.keys.with_name("publisher-key.pem")

    @property
    def log_key(self) -> Path:
        """The file with the key that signs what the audit log lets go of; beside those of the releases."""
        return self.keys.with_name("log-key.pem")

    @property
    def groupings(self) -> Path:
        """The list of groupings that this installation keeps; there is none until one was handed in."""
        return self.store / "groupings.csv"

    @property
    def only_from_here(self) -> bool:
        """Whether nobody but who sits at this machine reaches this process."""
        return all(is_loopback(name) for name in self.reached_at)


_reached_at: tuple[str, ...] = ()
_once: ContextVar[Settings | None] = ContextVar("settings", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """In here the settings are those of the beginning: a run of a page asks for them two hundred times.

    Raises what `from_environment` raises.
    """
    before = _once.set(from_environment())
    try:
        yield
    finally:
        _once.reset(before)


def serve(*names: str) -> None:
    """Say that this process is a server, and at which addresses and names it is reached."""
    global _reached_at
    _reached_at = names


def from_environment() -> Settings:
    """The settings of this process. This is the only reader of `os.environ`.

    `DASHBOARD_STORE` (folder), `DASHBOARD_ADDRESS`, `DASHBOARD_PORT`; `DASHBOARD_ROLE` (`public` or
    `internal`), `DASHBOARD_URL` (the address that readers type) and `DASHBOARD_AUDIT_HEAD` (file) for
    sign-in; `DASHBOARD_AUDIT_DAYS` for how long its log is kept; `DASHBOARD_LIMIT_…` for each of
    the `Limits`; `DASHBOARD_PROTECTION_…` for each of the
    `Parameters` of releases;
    `DASHBOARD_LAND` (a folder, `data/foundation/land.py`) for another Land;
    `DASHBOARD_RESPONSIBLE` (file) for who answers for which area; `DASHBOARD_KEYS` (file) for the keys of
    releases; `DASHBOARD_TWO_PEOPLE=1` for releases that one proposes and another confirms;
    `DASHBOARD_TEXTS` (folder) for further languages of the pages; `DASHBOARD_LEGAL`
    (folder) for imprint, privacy and accessibility; `DASHBOARD_STAFF_COUNCIL_AGREES=1` shows caseloads of
    single managers and monthly posts of small places; `DASHBOARD_DRAWING` (socket) for a service that draws
    pictures; `DASHBOARD_OIDC_…` for an identity provider and
    `DASHBOARD_METRICS_TOKEN_FILE` (file) for `/metrics`;
    `DASHBOARD_PROXY_USER_HEADER` for a proxy that names who has signed in, `DASHBOARD_SIGN_IN_FORM=0` where
    nobody signs in but by one of these (`data/foundation/connections.py`);
    `DASHBOARD_ENGINE=spark` with `DASHBOARD_SPARK` (`sc://host:port`) where a server works out the marts;
    `DASHBOARD_PRESS_CONTACT` (one line) for whom newsrooms may ask;
    `DASHBOARD_COPY_OF` (address) and `DASHBOARD_COPY_MINUTES` for a copy of another installation's releases;
    `DASHBOARD_MAIL_…` for the weekly digest (`data/foundation/connections.py`). Raises WrongSettingError,
    DoorError, MailingError.
    """
    return _once.get() or _read()


def _read() -> Settings:
    role = os.environ.get("DASHBOARD_ROLE") or PUBLIC
    if role not in ROLES:
        raise WrongSettingError("DASHBOARD_ROLE", role, f"Choose one of {', '.join(ROLES)}.")
    if (where := url()) and not ADDRESS.fullmatch(where):
        raise WrongSettingError(
            "DASHBOARD_URL", where, "Write it as people type it: https://im.example/dash."
        )
    # Most processes are connected to nothing.
    asked = _beginning("DASHBOARD_OIDC_")
    provider = connections.open_id(asked, where) if asked else None
    named = os.environ.get("DASHBOARD_PROXY_USER_HEADER", "")
    header = connections.header(named) if named else ""
    form, mails = os.environ.get("DASHBOARD_SIGN_IN_FORM", ""), _beginning("DASHBOARD_MAIL_")
    return Settings(
        store=store().resolve(),
        address=os.environ.get("DASHBOARD_ADDRESS", "localhost"),
        port=int(os.environ.get("DASHBOARD_PORT", "8501")),
        limits=Limits(
            **{
                one.name: int(_of(f"LIMIT_{one.name.upper()}", getattr(LIMITS, one.name)))
                for one in fields(Limits)
            }
        ),
        role=role,
        url=where,
        reached_at=_reached_at,
        protection=Parameters(
            deviation=int(_of("PROTECTION_DEVIATION", Parameters.deviation)),
            variance=float(_of("PROTECTION_VARIANCE", Parameters.variance)),
            blocked=int(_of("PROTECTION_BLOCKED", Parameters.blocked)),
            people=int(_of("PROTECTION_PEOPLE", Parameters.people)),
        ),
        keys_file=Path(keys).resolve() if (keys := os.environ.get("DASHBOARD_KEYS")) else None,
        texts=texts(),
        legal=legal(),
        responsible=Path(listed).resolve() if (listed := os.environ.get("DASHBOARD_RESPONSIBLE")) else None,
        two_people=os.environ.get("DASHBOARD_TWO_PEOPLE") == "1",
        mailing=connections.mailing(mails) if mails else None,
        audit_days=_count("AUDIT_DAYS", 0, "days"),
        spark=_spark(),
        copy_of=os.environ.get("DASHBOARD_COPY_OF", "").strip().rstrip("/"),
        copy_minutes=_count("COPY_MINUTES", Settings.copy_minutes, "minutes"),
        press_contact=_line("DASHBOARD_PRESS_CONTACT"),
        staff_council_agrees=os.environ.get("DASHBOARD_STAFF_COUNCIL_AGREES") == "1",
        audit_head_file=Path(head).resolve() if (head := os.environ.get("DASHBOARD_AUDIT_HEAD")) else None,
        metrics_token_file=Path(token).resolve() if (token := os.environ.get(METRICS)) else None,
        open_id=provider,
        proxy_header=header,
        own_form=connections.own_form(form, bool(provider or header)) if form else True,
    )


def _spark() -> str:
    """Where Spark Connect is asked; empty for DuckDB. Raises WrongSettingError.

    What crosses is rows of single people and their record keys: beyond this machine only by TLS.
    """
    engine = os.environ.get("DASHBOARD_ENGINE") or DUCKDB
    if engine not in ENGINES:
        raise WrongSettingError("DASHBOARD_ENGINE", engine, f"Choose one of {', '.join(ENGINES)}.")
    if engine == DUCKDB:
        return ""
    server = os.environ.get("DASHBOARD_SPARK", "").strip()
    if not (written := SERVER.fullmatch(server)):
        raise WrongSettingError("DASHBOARD_SPARK", server.partition("/;")[0], "Write it as sc://host:port.")
    address, host, told = written.groups()
    if not is_loopback(host.strip("[]")) and "use_ssl=true" not in (told or "").split(";"):
        raise WrongSettingError(
            "DASHBOARD_SPARK", address, f"Beyond this machine by TLS: {address}/;use_ssl=true."
        )
    return server


def unknown() -> tuple[str, ...]:
    """Variables that are named like settings of ours and are none: mistyped, or of an older program.

    The names that are read stand in the files of this room and nowhere else.
    """
    read = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    known = set(re.findall(r"DASHBOARD_[A-Z_]+[A-Z]", read)) | {"DASHBOARD_HOSTS"}
    known |= {f"DASHBOARD_LIMIT_{one.name.upper()}" for one in fields(Limits)}
    known |= {f"DASHBOARD_PROTECTION_{one.name.upper()}" for one in fields(Parameters)}
    ours = sorted(name for name in os.environ if name.startswith("DASHBOARD_"))
    of_rooms = ("DASHBOARD_OIDC_", "DASHBOARD_MAIL_", "DASHBOARD_OPEN_")  # which look at their own
    return tuple(name for name in ours if name not in known and not name.startswith(of_rooms))


def url() -> str:
    """`DASHBOARD_URL` alone: which names reach a server is known before the rest of the settings."""
    return os.environ.get("DASHBOARD_URL", "").strip().rstrip("/")


def land() -> str:
    """`DASHBOARD_LAND` alone: the register of areas is read before any other setting is asked for."""
    return os.environ.get("DASHBOARD_LAND") or "bw"


def texts() -> Path | None:
    """`DASHBOARD_TEXTS` alone: pages ask for their language at every sentence."""
    return Path(folder).resolve() if (folder := os.environ.get("DASHBOARD_TEXTS")) else None


def store() -> Path:
    """`DASHBOARD_STORE` alone: whether it still says the same is asked for every file that is kept."""
    return Path(os.environ.get("DASHBOARD_STORE") or Path(__file__).parents[1] / "store")


def filling() -> Path | None:
    """`DASHBOARD_FILLING` alone, before any setting: a file that is there while the store is filled."""
    return Path(path) if (path := os.environ.get("DASHBOARD_FILLING")) else None


def offered() -> Offering:
    """`DASHBOARD_OPEN_…` alone: who may embed figures, and whose open data they are
    (`data/foundation/offering.py`). Raises OfferingError.
    """
    return offering.offering(_beginning("DASHBOARD_OPEN_"))


def drawing() -> Path | None:
    """`DASHBOARD_DRAWING` alone: the socket of the process that draws, where it is a service of its own."""
    return Path(path).resolve() if (path := os.environ.get("DASHBOARD_DRAWING")) else None


def legal() -> Path | None:
    """`DASHBOARD_LEGAL` alone: the foot of every page asks for it."""
    return Path(folder).resolve() if (folder := os.environ.get("DASHBOARD_LEGAL")) else None


def _beginning(prefix: str) -> dict[str, str]:
    """Settings that say something, by the rest of their names."""
    found = {name: value.strip() for name, value in os.environ.items() if name.startswith(prefix)}
    return {name.removeprefix(prefix): value for name, value in found.items() if value}


def _count(name: str, default: int, what: str) -> int:
    written = _of(name, default)
    if not written.isdigit():
        raise WrongSettingError(f"DASHBOARD_{name}", written, f"Write a number of {what}, or nothing.")
    return int(written)


def _line(name: str) -> str:
    """A text of one line. Raises WrongSettingError."""
    written = os.environ.get(name, "").strip()
    if len(written) > LONGEST_LINE or not written.isprintable():
        raise WrongSettingError(name, written[:20], f"Write one line of at most {LONGEST_LINE} signs.")
    return written


def _of(name: str, default: float) -> str:
    return os.environ.get(f"DASHBOARD_{name}") or str(default)
