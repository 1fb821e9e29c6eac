"""`python -m data restore DIR`: a backup becomes a store again, in an empty place."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data import commands
from data.commands.upkeep import bar, secret_text
from data.foundation import settings

if TYPE_CHECKING:
    from data.upkeep.repository import Backup
    from data.upkeep.sealed import Opener

DAMAGED = 6
CODES = """exit codes: 0 the store is there, and everything in it is what was backed up; 1 the store or DIR
can't be used; 2 the store is not empty, there is no such backup, or it is not opened by that passphrase or
key; 6 the backup is damaged. Killed, the same command goes on. DASHBOARD_STORE, DASHBOARD_KEYS and
DASHBOARD_AUDIT_HEAD say where things go; what is there already is never written over."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("restore", help="a store out of a folder of backups", epilog=CODES)
    parser.add_argument("folder", type=Path, metavar="DIR", help="what `backup` wrote")
    parser.add_argument("--of", type=int, metavar="NUMBER", help="this backup, in place of the newest")
    opener = parser.add_mutually_exclusive_group()
    opener.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line; -: stdin")
    opener.add_argument("--identity-file", type=Path, metavar="FILE", help="a private key of age opens them")
    opener.add_argument("--without-secrets", action="store_true", help="no keys, no accounts, no log")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="only say which backups there are")
    what.add_argument("--check", action="store_true", help="only read all of the backup")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List, check, or put back and verify."""
    from data.upkeep import integrity, putting_back
    from data.upkeep.repository import Repository

    if args.list:
        return _list(Repository(args.folder).every(), as_json=args.json)
    if args.check:
        with bar("file") as progress:
            made = putting_back.check(args.folder, args.of, progress)
        said = {"number": made.number, "made_at": made.made_at, "files": len(made.files), "sound": True}
        _print(said, f"backup {made.number} of {made.made_at}: {len(made.files):,} files, all sound", args)
        return 0
    where = settings.from_environment()
    with bar("file") as progress:
        done = putting_back.put_back(
            where, args.folder, args.of, _opener(args), progress, commands.operator()
        )
    damages = integrity.damages_and_leftovers(where).damages
    said = {
        "number": done.number,
        "made_at": done.made_at,
        "files": done.files,
        "missing": done.missing,
        "damaged": [each.file for each in damages],
    }
    lines = [f"restored: backup {done.number} of {done.made_at}, {done.files:,} files"]
    lines += [f"damaged: {each.file}: expected {each.expected}, found {each.found}" for each in damages]
    if not damages:
        lines += ["verified: everything is what was accepted and published"]
    _print(said, "\n".join(lines), args)
    if done.head_aside:
        told = f"The newest entry of the log was another one: it is kept as {done.head_aside}."
        print(f"{told} Entries after this backup are lost; that file proves it.", file=sys.stderr)
    if done.missing:
        print(f"NOT restored: {', '.join(done.missing)}. docs/operation.md says what to do.", file=sys.stderr)
    return DAMAGED if damages else 0


def _opener(args: argparse.Namespace) -> "Opener | None":
    """What opens the secrets; None to leave them out, which has to be said. Raises SealError."""
    from data.upkeep.repository import Repository
    from data.upkeep.sealed import Opener, SealError

    if args.passphrase_file:
        return Opener(passphrase=secret_text(args.passphrase_file))
    if args.identity_file:
        return Opener(identity=secret_text(args.identity_file, whole=True))
    made = Repository(args.folder).one(args.of)
    if made.secrets and not args.without_secrets:
        needed = "--passphrase-file" if made.opened_by == "passphrase" else "--identity-file"
        raise SealError(
            f"Keys, accounts and the log of this backup are opened by {needed}. Give it, or say "
            "--without-secrets. Nothing was changed."
        )
    return None


def _list(every: "tuple[Backup, ...]", *, as_json: bool) -> int:
    rows = [
        {
            "number": made.number,
            "made_at": made.made_at,
            "files": len(made.files),
            "bytes": sum(file.size for file in made.files),
            "secrets": made.opened_by or None,
        }
        for made in every
    ]
    if as_json:
        print(json.dumps({"backups": rows}, indent=2))
    for row in () if as_json else rows:
        opened = f"secrets by {row['secrets']}" if row["secrets"] else "without secrets"
        print(f"{row['number']:6}  {row['made_at']}  {row['files']:,} files, {opened}")
    if not rows and not as_json:
        print("no whole backup")
    return 0


def _print(said: dict[str, object], text: str, args: argparse.Namespace) -> None:
    print(json.dumps(said, ensure_ascii=False, indent=2) if args.json else text)
