"""What the page Daten abgeben may do to the stores; `releasing` has the same for Veröffentlichen.

Each action, and its work in the background, asks `publish.inside`, which raises InternalClosedError: what was
open when a page was drawn may be closed when somebody clicks.
"""

import io
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from data import publish
from data.deliveries.format import profile
from data.deliveries.format.sender import Given
from data.deliveries.guard.refusal import refused_by_guard
from data.deliveries.handin import comparison, isolated, repairbook, results, uploads
from data.deliveries.handin.comparison import Comparison
from data.deliveries.handin.results import Imported
from data.deliveries.handin.waiting import Examined
from data.deliveries.profiles import loading, proposal, saved
from data.deliveries.profiles.problems import Problem
from data.deliveries.store import deliveries
from data.deliveries.store.deliveries import Stored
from data.foundation import settings
from data.foundation.steps import Progress
from data.warehouse import build
from pages.work import memory
from pages.work.jobs import Job, start

PROFILE = "profil.toml"


def offered() -> bool:
    """Whether the menu has the internal pages: somebody set that they are open, or would like them to be."""
    return settings.from_environment().internal


def examine(files: Sequence[memory.Upload], by: str, sender: str, reporting_date: str) -> Job:
    """Examine an upload in the background. What is found waits in the store, also if the reader leaves."""
    chosen = publish.inside()

    def work(tell: Progress) -> Examined:
        found = _examined(files, by, sender, reporting_date, tell)
        # Who hands in stands in a file: the assignment saved for them is found once that has been read.
        head = found.head if found.token and not sender and results.is_other(found) else None
        if head and found.token and saved.saved_for(chosen, head.sender):
            return _again(found.token, by, head.sender, "", tell)
        return found

    return start(by, work)


def is_other(examined: Examined) -> bool:
    """Whether files came in another shape than the export format's, so that only a profile helps."""
    return results.is_other(examined)


def propose(token: str, by: str) -> Job:
    """A mapping profile for what waits, worked out in the background."""
    publish.inside()

    def work(_: Progress) -> proposal.Proposal:
        chosen = publish.inside()
        if (upload := memory.find(token)) is None:
            return isolated.propose(uploads.files(chosen, token), chosen)
        with uploads.upload_folder(chosen) as folder:
            return isolated.propose(_written(folder, upload.files), chosen)

    return start(by, work)


def profile_problems(text: str) -> list[Problem]:
    """What is wrong with a profile, line by line; nothing if it can be used."""
    return loading.check(text, PROFILE)


def profile_of(one: Examined) -> profile.Profile | None:
    """The profile with which an upload was read: given beside it, or saved for its sender."""
    if one.profile:
        return loading.load(one.profile, PROFILE)
    sender = one.head.sender if one.head else one.sender_given
    used = sender and any(each.profile for each in one.recognised)
    return saved.saved_for(publish.inside(), sender) if used and sender else None


def again(token: str, by: str, profile: str, sender: str = "", reporting_date: str = "") -> Job:
    """Examine what waits once more, read as a mapping profile says. Raises `WrongProfileError`.

    `sender` and `reporting_date`, if given, replace those of the first time.
    """
    read_as = loading.load(profile, PROFILE)
    return start(by, lambda tell: _again(token, by, sender, reporting_date, tell, read_as))


def rebuild(by: str) -> Job:
    """New figures from all deliveries, in the background."""
    publish.inside()

    def work(tell: Progress) -> None:
        build.warehouse(publish.inside(), tell)

    return start(by, work)


def waiting() -> tuple[Examined, ...]:
    """Every upload that waits for a decision."""
    return uploads.all_waiting(publish.inside())


def waits(token: str) -> Examined | None:
    """The upload under this token, if it still waits."""
    publish.inside()
    if upload := memory.find(token):
        return upload.examined
    return next((each for each in waiting() if each.token == token), None)


def accept(token: str, reason: str, by: str) -> Imported:
    """Take over what waits, if it is demonstration data. Raises the errors of `uploads.accept`.

    Nobody can be told apart yet, so a first real delivery over the page would be one of anybody.
    """
    return uploads.accept(publish.inside(), token, reason or None, by, only_synthetic=True)


def discard(token: str) -> None:
    """Forget an upload."""
    chosen = publish.inside()
    memory.forget(token)
    uploads.discard(chosen, token)


def stored() -> tuple[Stored, ...]:
    """Every delivery ever taken over, newest reporting date first."""
    return tuple(reversed(deliveries.all_deliveries(publish.inside())))


def take_back(sha256: str, by: str, reason: str) -> deliveries.TakenBack:
    """Take a delivery back; the one before it stands again."""
    return deliveries.take_back(publish.inside(), sha256, by, reason)


def compare(before: Stored, after: Stored) -> Comparison:
    """What changed between two deliveries of one sender."""
    from data.deliveries.checking.workbench import workbench

    publish.inside()
    with closing(workbench()) as bench:
        return comparison.compare(bench, before, after)


def repair_list(examined: Examined) -> bytes:
    """The findings as a workbook in which the faulty cells are marked and commented."""
    file = io.BytesIO()
    repairbook.workbook([examined]).save(file)
    return file.getvalue()


def _examined(
    files: Sequence[memory.Upload],
    by: str,
    sender: str,
    reporting_date: str,
    tell: Progress,
    profile: profile.Profile | None = None,
) -> Examined:
    chosen, given = publish.inside(), Given(sender or None, reporting_date or None, profile, by)
    # The copy is gone before anything is said: of what the guard refuses nothing may stay on the disk.
    with uploads.upload_folder(chosen) as folder:
        found = isolated.examine(_written(folder, files), chosen, given, tell)
    may_be_held = found.hidden_from_guard and not refused_by_guard(found.groups)
    return memory.keep(files, sender, reporting_date, found) if may_be_held else found


def _again(
    token: str,
    by: str,
    sender: str,
    reporting_date: str,
    tell: Progress,
    profile: profile.Profile | None = None,
) -> Examined:
    upload = memory.find(token)
    if upload is None:
        given = Given(sender or None, reporting_date or None, profile)
        return isolated.again(token, publish.inside(), given, tell)
    beside = (sender or upload.sender, reporting_date or upload.reporting_date)
    found = _examined(upload.files, by, *beside, tell, profile)
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
