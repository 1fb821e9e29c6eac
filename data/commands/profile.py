"""`python -m data profile ...`: mapping profiles, for offices whose programs export other names."""

import argparse
import json
import sys
from pathlib import Path

from data.foundation import settings

CODES = "exit codes: 0 done; 2 wrong arguments or no such profile; 3 the profile is wrong, line by line."
WRONG = 3


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and what it can do."""
    parser = commands.add_parser("profile", help="mapping profiles of the senders", epilog=CODES)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="saved profiles by sender, and those that are shipped")
    listing.set_defaults(run=_list)
    show = actions.add_parser("show", help="print a profile")
    show.set_defaults(run=_show)
    check = actions.add_parser("check", help="say what is wrong with a profile, line by line")
    check.set_defaults(run=_check)
    save = actions.add_parser("save", help="keep a profile for a sender; earlier versions stay")
    save.set_defaults(run=_save)
    save.add_argument("--sender", required=True, help="whose it is (absender_id)")
    export = actions.add_parser("export", help="write a profile to a file, to be imported with save")
    export.set_defaults(run=_export)
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="must not exist yet")
    for action in (show, check, save, export):
        action.add_argument("profile", metavar="NAME|FILE", help="sender, name of a shipped profile, or file")
    propose = actions.add_parser("propose", help="propose a profile for files, to be corrected and saved")
    propose.add_argument("path", type=Path, metavar="PATH", help="folder, ZIP, XLSX, ODS or CSV")
    propose.add_argument("--out", type=Path, metavar="FILE", help="write it there; must not exist yet")
    propose.add_argument(
        "--ignore", action="append", default=[], metavar="COLUMN", help="a column that is not needed"
    )
    propose.set_defaults(run=_propose)
    for action in (listing, show, check, save, export, propose):
        action.add_argument("--json", action="store_true", help="as JSON")


def _list(args: argparse.Namespace) -> int:
    from data.deliveries.profiles import saved

    kept = saved.every(settings.from_environment())
    lines = [
        f"{each.sender or 'shipped':24} {each.path.stem:24} {len(each.earlier)} earlier" for each in kept
    ]
    listed = [
        {"sender": each.sender, "name": each.path.stem, "earlier": [file.name for file in each.earlier]}
        for each in kept
    ]
    return _print(args, listed, "\n".join(lines))


def _show(args: argparse.Namespace) -> int:
    from data.deliveries.profiles import saved

    profile = saved.called(settings.from_environment(), args.profile)
    return _print(args, {**profile.as_json(), "text": profile.text}, profile.text.rstrip("\n"))


def _check(args: argparse.Namespace) -> int:
    from data.deliveries.profiles import problems, saved

    try:
        profile = saved.called(settings.from_environment(), args.profile)
    except problems.WrongProfileError as wrong:
        if not args.json:
            raise
        _print(args, {"sound": False, "problems": [each.as_json() for each in wrong.problems]}, "")
        return WRONG
    return _print(args, {"sound": True, "problems": []}, f"{profile.label}: this profile can be used")


def _save(args: argparse.Namespace) -> int:
    from data.deliveries.profiles import saved
    from data.deliveries.store.unusable import clearly

    where = settings.from_environment()
    profile = saved.called(where, args.profile)
    with clearly(where.store):
        saved.save(where, args.sender, profile.text)
    said = f"{profile.name}: saved for {args.sender}"
    return _print(args, {"sender": args.sender, "name": profile.name}, said)


def _export(args: argparse.Namespace) -> int:
    from data.deliveries.profiles import saved

    profile = saved.called(settings.from_environment(), args.profile)
    if not _written(args.out, profile.text):
        return 2
    said = f"{profile.name}: written to {args.out}"
    return _print(args, {"name": profile.name, "file": str(args.out)}, said)


def _propose(args: argparse.Namespace) -> int:
    """The profile goes to stdout or to a file; what is open, and what to do with it, goes to stderr."""
    from data.deliveries.handin import isolated, report

    proposal = isolated.propose(args.path, settings.from_environment())
    unknown = [heading for table in proposal.tables for heading in table.unknown]
    if wrong := [heading for heading in args.ignore if heading not in unknown]:
        print(report.not_ignored(wrong, unknown), file=sys.stderr)
        return 2
    proposal = proposal.without(args.ignore)
    if args.out and not _written(args.out, proposal.text):
        return 2
    print(report.after_proposal(proposal, args.path, args.out), file=sys.stderr)
    if args.out and not args.json:
        print(f"{proposal.name}: proposed, written to {args.out}")
        return 0
    return _print(args, proposal.as_json(), proposal.text.rstrip("\n"))


def _written(path: Path, text: str) -> bool:
    """Whether a new file could be written; if not, why."""
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        print(f"{path} can't be written: {error.strerror}. Name another file.", file=sys.stderr)
        return False
    return True


def _print(args: argparse.Namespace, result: object, text: str) -> int:
    print(json.dumps(result, ensure_ascii=False, indent=2) if args.json else text)
    return 0
