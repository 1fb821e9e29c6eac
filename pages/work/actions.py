"""What the page Daten abgeben may do to the stores; `releasing` has the same for Veröffentlichen.

Each action, and its work in the background, asks `publish.inside`, which raises InternalClosedError: what was
open when a page was drawn may be closed when somebody clicks. Whoever is signed in hands in as the senders
they answer for, and of those of others nothing is told.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from data import publish
from data.access.rights import Reader, Right
from data.deliveries.format import profile
from data.deliveries.format.sender import Given
from data.deliveries.guard.refusal import refused_by_guard
from data.deliveries.handin import comparison, isolated, repairbook, results, uploads
from data.deliveries.handin.comparison import Comparison
from data.deliveries.handin.results import Imported
from data.deliveries.handin.waiting import Examined, NotWaitingError
from data.deliveries.profiles import loading, proposal, saved
from data.deliveries.profiles.problems import Problem
from data.deliveries.store import deliveries
from data.deliveries.store.deliveries import Stored
from data.foundation import settings
from data.foundation.steps import Progress
from data.warehouse import build
from pages.reading import reader
from pages.work import memory
from pages.work.jobs import Job, start

PROFILE = "profil.toml"


def examine(files: Sequence[memory.Upload], sender: str, reporting_date: str) -> Job:
    """Examine an upload in the background. What is found waits in the store, also if the reader leaves."""
    who = me()
    chosen = publish.inside(who, Right.SEND)
    done = memory.examined(files)

    def work(tell: Progress) -> Examined:
        try:
            found = _examined(who, files, sender, reporting_date, tell)
        finally:
            done()
        # Who hands in stands in a file: the assignment saved for them is found once that has been read.
        head = found.head if found.token and not sender and results.is_other(found) else None
        if head and found.token and saved.saved_for(chosen, head.sender):
            return _again(who, found.token, head.sender, "", tell)
        return found

    return start(who.name, work)


def is_other(examined: Examined) -> bool:
    """Whether files came in another shape than the export format's, so that only a profile helps."""
    return results.is_other(examined)


def propose(token: str) -> Job:
    """A mapping profile for what waits, worked out in the background."""
    who = me()
    publish.inside(who, Right.SEND)

    def work(_: Progress) -> proposal.Proposal:
        own(who, token)
        chosen = publish.inside(who, Right.SEND)
        if (upload := memory.find(token)) is None:
            return isolated.propose(uploads.files(chosen, token), chosen)
        with uploads.upload_folder(chosen) as folder:
            return isolated.propose(_written(folder, upload.files), chosen)

    return start(who.name, work)


def profile_problems(text: str) -> list[Problem]:
    """What is wrong with a profile, line by line; nothing if it can be used."""
    return loading.check(text, PROFILE)


def profile_of(one: Examined) -> profile.Profile | None:
    """The profile with which an upload was read: given beside it, or saved for its sender."""
    if one.profile:
        return loading.load(one.profile, PROFILE)
    sender = one.head.sender if one.head else one.sender_given
    used = sender and any(each.profile for each in one.recognised)
    if not used or not sender:
        return None
    return saved.saved_for(publish.inside(me(), Right.SEND, sender), sender)


def again(token: str, profile: str, sender: str = "", reporting_date: str = "") -> Job:
    """Examine what waits once more, read as a mapping profile says. Raises `WrongProfileError`.

    `sender` and `reporting_date`, if given, replace those of the first time.
    """
    read_as, who = loading.load(profile, PROFILE), me()

    def work(tell: Progress) -> Examined:
        own(who, token)
        return _again(who, token, sender, reporting_date, tell, read_as)

    return start(who.name, work)


def rebuild() -> Job:
    """New figures from all deliveries, in the background."""
    who = me()
    publish.inside(who, Right.SEND)

    def work(tell: Progress) -> None:
        build.warehouse(publish.inside(who, Right.SEND), tell)

    return start(who.name, work)


def waiting() -> tuple[Examined, ...]:
    """Every upload that waits for a decision, of the senders of whoever asks."""
    who = me()
    every = uploads.all_waiting(publish.inside(who, Right.SEND))
    return tuple(each for each in every if _is_theirs(who, each))


def waits(token: str) -> Examined | None:
    """The upload under this token, if it still waits."""
    try:
        return own(me(), token)
    except NotWaitingError:
        return None


def own(who: Reader, token: str) -> Examined:
    """The upload under this token, if it waits and is one of theirs. A token is no right: those of others
    are told as if they were gone. Raises NotWaitingError, InternalClosedError.
    """
    chosen = publish.inside(who, Right.SEND)
    upload = memory.find(token)
    every = [upload.examined] if upload else uploads.all_waiting(chosen)
    found = next((each for each in every if each.token == token and _is_theirs(who, each)), None)
    if found is None:
        raise NotWaitingError
    return found


def accept(token: str, reason: str) -> Imported:
    """Take over what waits. Raises the errors of `uploads.accept`, InternalClosedError."""
    who = me()
    found = own(who, token)
    chosen = publish.inside(who, Right.SEND, _sender(found))
    with noted(who, "hand in", _described(found)):
        return uploads.accept(chosen, token, reason or None, who.name)


def discard(token: str) -> None:
    """Forget an upload."""
    who, found = me(), waits(token)
    if found is None:
        return
    chosen = publish.inside(who, Right.SEND, _sender(found))
    with noted(who, "discard", _described(found)):
        memory.forget(token)
        uploads.discard(chosen, token)


def stored() -> tuple[Stored, ...]:
    """Every delivery ever taken over of their senders, newest reporting date first."""
    who = me()
    every = deliveries.all_deliveries(publish.inside(who, Right.SEND))
    return tuple(each for each in reversed(every) if who.may(Right.SEND, each.sender))


def take_back(sha256: str, reason: str) -> deliveries.TakenBack:
    """Take a delivery back; the one before it stands again."""
    who = me()
    one = next((each for each in stored() if each.sha256 == sha256), None)
    chosen = publish.inside(who, Right.SEND, one.sender if one else "")
    if one is None:
        raise publish.InternalClosedError(publish.Door.RIGHT)
    with noted(who, "take back", f"{one.sender} {one.reporting_date} {one.sha256[:12]}"):
        return deliveries.take_back(chosen, sha256, who.name, reason)


def compare(before: Stored, after: Stored) -> Comparison:
    """What changed between two deliveries of one sender."""
    from data.deliveries.checking.workbench import workbench

    who = me()
    for each in (before, after):
        publish.inside(who, Right.SEND, each.sender)
    with closing(workbench()) as bench:
        return comparison.compare(bench, before, after)


def repair_list(examined: Examined) -> bytes:
    """The findings as a workbook in which the faulty cells are marked and commented."""
    file = io.BytesIO()
    repairbook.workbook([examined]).save(file)
    return file.getvalue()


def me() -> Reader:
    """Who clicked. In the background nobody can be asked, so work takes it along."""
    return reader.person()


@contextmanager
def noted(who: Reader, action: str, what: str) -> Iterator[None]:
    """Write into the log what somebody did, or was refused."""
    from data.access import audit

    with audit.noted(settings.from_environment(), who.name, action, what, who.address):
        yield


def _is_theirs(who: Reader, examined: Examined) -> bool:
    """Whether an upload is of a sender they answer for; without a sender, whether they brought it."""
    sender = _sender(examined)
    return who.may(Right.SEND, sender) if sender else who.senders is None or examined.by == who.name


def _sender(examined: Examined | None) -> str:
    return examined.head.sender if examined and examined.head else ""


def _described(examined: Examined | None) -> str:
    head = examined.head if examined else None
    return f"{head.sender} {head.reporting_date}" if head else ""


def _only_theirs(who: Reader, found: Examined) -> Examined:
    """What was examined, unless it is of a sender of others: it tells how that one's figures change."""
    if _is_theirs(who, found):
        return found
    chosen = publish.inside(who, Right.SEND)
    if found.token:
        memory.forget(found.token)
        uploads.discard(chosen, found.token)
    with noted(who, "hand in", _described(found)):
        raise publish.NotTheirSenderError


def _examined(
    who: Reader,
    files: Sequence[memory.Upload],
    sender: str,
    reporting_date: str,
    tell: Progress,
    profile: profile.Profile | None = None,
) -> Examined:
    chosen = publish.inside(who, Right.SEND, sender)
    given = Given(sender or None, reporting_date or None, profile, who.name)
    # The copy is gone before anything is said: of what the guard refuses nothing may stay on the disk.
    with uploads.upload_folder(chosen) as folder:
        found = isolated.examine(_written(folder, files), chosen, given, tell)
    _only_theirs(who, found)
    not_here = refused_by_guard(found.groups) or results.is_of_other_kind(found.groups)
    may_be_held = found.hidden_from_guard and not not_here
    return memory.keep(files, sender, reporting_date, found) if may_be_held else found


def _again(
    who: Reader,
    token: str,
    sender: str,
    reporting_date: str,
    tell: Progress,
    profile: profile.Profile | None = None,
) -> Examined:
    upload = memory.find(token)
    if upload is None:
        given = Given(sender or None, reporting_date or None, profile)
        return _only_theirs(who, isolated.again(token, publish.inside(who, Right.SEND, sender), given, tell))
    beside = (sender or upload.sender, reporting_date or upload.reporting_date)
    found = _examined(who, upload.files, *beside, tell, profile)
    memory.forget(token)
    return found


def _written(folder: Path, files: Sequence[memory.Upload]) -> Path:
    """The files on disk, under their own names: one by itself, several as a folder.

    A second file of a name has a folder of its own, so that both are read and neither is lost.
    """
    target = folder / "upload"
    target.mkdir()
    for number, (name, content) in enumerate(files, start=1):
        place = target / Path(name).name
        if place.exists():
            place = target / str(number) / place.name
            place.parent.mkdir()
        place.write_bytes(content)
    return target / Path(files[0][0]).name if len(files) == 1 else target
