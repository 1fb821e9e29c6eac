"""What internal pages may do: the only module of the pages that changes anything in the store.

Each action, and its work in the background, asks `publish.inside`, which raises InternalClosed: what was open
when a page was drawn may be closed when somebody clicks.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from data import publish, settings, warehouse
from data.deliveries import comparison, handing_in, profiles, repairbook, shape, store, undo
from data.deliveries.comparison import Comparison
from data.deliveries.guarded import refused_by_guard
from data.deliveries.handing_in import Examined
from data.deliveries.imported import Imported
from data.deliveries.profiles import Problem
from data.deliveries.store import Stored
from data.steps import Progress
from pages.parts import held
from pages.parts.held import Upload
from pages.parts.jobs import Job, start

PROFILE = "profil.toml"


def offered() -> bool:
    """Whether the menu has the internal pages: somebody set that they are open, or would like them to be."""
    return settings.from_environment().internal


def examine(files: Sequence[Upload], by: str, sender: str, reporting_date: str) -> Job:
    """Examine an upload in the background. What is found waits in the store, also if the reader leaves."""
    chosen = publish.inside()

    def work(tell: Progress) -> Examined:
        found = _examined(files, by, sender, reporting_date, tell)
        # Who hands in stands in a file: the assignment saved for them is found once that has been read.
        head = found.head if found.token and not sender and shape.is_other(found) else None
        if head and found.token and profiles.of(chosen, head.sender):
            return _again(found.token, by, head.sender, "", tell)
        return found

    return start(by, work)


def propose(token: str, by: str) -> Job:
    """A mapping profile for what waits, worked out in the background."""
    publish.inside()

    def work(_: Progress) -> profiles.Proposal:
        chosen = publish.inside()
        if (upload := held.under(token)) is None:
            return profiles.propose(handing_in.files(chosen, token), chosen)
        with handing_in.upload_folder(chosen) as folder:
            return profiles.propose(_written(folder, upload.files), chosen)

    return start(by, work)


def profile_problems(text: str) -> list[Problem]:
    """What is wrong with a profile, line by line; nothing if it can be used."""
    return profiles.check(text, PROFILE)


def again(token: str, by: str, profile: str, sender: str = "", reporting_date: str = "") -> Job:
    """Examine what waits once more, read as a mapping profile says. Raises `ProfileWrong`.

    `sender` and `reporting_date`, if given, replace those of the first time.
    """
    read_as = profiles.load(profile, PROFILE)
    return start(by, lambda tell: _again(token, by, sender, reporting_date, tell, read_as))


def rebuild(by: str) -> Job:
    """New figures from all deliveries, in the background."""
    publish.inside()

    def work(tell: Progress) -> None:
        warehouse.build(publish.inside(), tell)

    return start(by, work)


def waiting() -> tuple[Examined, ...]:
    """Every upload that waits for a decision."""
    return handing_in.waiting(publish.inside())


def waits(token: str) -> Examined | None:
    """The upload under this token, if it still waits."""
    publish.inside()
    if upload := held.under(token):
        return upload.examined
    return next((each for each in waiting() if each.token == token), None)


def accept(token: str, reason: str, by: str) -> Imported:
    """Take over what waits, if it is demonstration data. Raises the errors of `handing_in.accept`.

    Nobody can be told apart yet, so a first real delivery over the page would be one of anybody.
    """
    return handing_in.accept(publish.inside(), token, reason or None, by, only_synthetic=True)


def discard(token: str) -> None:
    """Forget an upload."""
    chosen = publish.inside()
    held.let_go(token)
    handing_in.discard(chosen, token)


def deliveries() -> tuple[Stored, ...]:
    """Every delivery ever taken over, newest reporting date first."""
    return tuple(reversed(store.all_deliveries(publish.inside())))


def take_back(sha256: str, by: str, reason: str) -> undo.TakenBack:
    """Take a delivery back; the one before it stands again."""
    return undo.take_back(publish.inside(), sha256, by, reason)


def compare(before: Stored, after: Stored) -> Comparison:
    """What changed between two deliveries of one sender."""
    from contextlib import closing

    from data.deliveries.workbench import workbench

    publish.inside()
    with closing(workbench()) as bench:
        return comparison.compare(bench, before, after)


def repair_list(examined: Examined) -> bytes:
    """The findings as a workbook in which the faulty cells are marked and commented."""
    file = io.BytesIO()
    repairbook.workbook([examined]).save(file)
    return file.getvalue()


def _examined(
    files: Sequence[Upload],
    by: str,
    sender: str,
    reporting_date: str,
    tell: Progress,
    profile: profiles.Profile | None = None,
) -> Examined:
    chosen, given = publish.inside(), (sender or None, reporting_date or None)
    # The copy is gone before anything is said: of what the guard refuses nothing may stay on the disk.
    with handing_in.upload_folder(chosen) as folder:
        path = _written(folder, files)
        found = handing_in.examine(path, chosen, *given, tell, by=by, profile=profile)
    may_be_held = found.unread and not refused_by_guard(found.groups)
    return held.hold(files, sender, reporting_date, found) if may_be_held else found


def _again(
    token: str,
    by: str,
    sender: str,
    reporting_date: str,
    tell: Progress,
    profile: profiles.Profile | None = None,
) -> Examined:
    upload = held.under(token)
    if upload is None:
        chosen, given = publish.inside(), (sender or None, reporting_date or None)
        return handing_in.again(chosen, token, *given, progress=tell, profile=profile)
    beside = (sender or upload.sender, reporting_date or upload.reporting_date)
    found = _examined(upload.files, by, *beside, tell, profile)
    held.let_go(token)
    return found


def _written(folder: Path, files: Sequence[Upload]) -> Path:
    """The files on disk, under their own names: one by itself, several as a folder."""
    target = folder / "upload"
    target.mkdir()
    for name, content in files:
        (target / Path(name).name).write_bytes(content)
    return target / Path(files[0][0]).name if len(files) == 1 else target
