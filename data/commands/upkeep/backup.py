"""`python -m data backup DIR`: the store into a folder of backups, while it is used."""

import argparse
import json
import sys
from pathlib import Path

from data import commands
from data.commands.upkeep import SECRETS, bar, secret_text
from data.foundation import settings

CODES = f"""exit codes: 0 a whole backup; 1 the store or DIR can't be used; 2 DIR is no folder of backups, or
the passphrase or key is none; 6 the register is lost, or what lies in DIR is damaged. What was copied by the
backup before is not copied again. {SECRETS} Without either they are left out, which is said."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("backup", help="the store into a folder of backups", epilog=CODES)
    parser.add_argument("folder", type=Path, metavar="DIR", help="empty, or with the backups before")
    seal = parser.add_mutually_exclusive_group()
    seal.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line is it; -: stdin")
    seal.add_argument("--recipient", default="", metavar="KEY", help="a public key of age (age1…)")
    parser.add_argument("--keep", type=int, metavar="N", help="afterwards only the newest N backups stay")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what was backed up, and what was not."""
    from data.upkeep import sealed, taking

    given = sealed.Seal(secret_text(args.passphrase_file), args.recipient)
    seal = given if args.passphrase_file or args.recipient else None
    with bar("file") as progress:
        taken = taking.take(
            settings.from_environment(),
            args.folder,
            seal,
            args.keep,
            progress=progress,
            by=commands.operator(),
        )
    made = taken.backup
    if args.json:
        said = {
            "number": made.number,
            "made_at": made.made_at,
            "files": len(made.files),
            "bytes": sum(file.size for file in made.files),
            "new_bytes": taken.new_bytes,
            "secrets": made.opened_by or None,
            "left_out": made.left_out,
            "removed": taken.removed,
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        whole = sum(file.size for file in made.files)
        new = f"{whole / 2**20:,.1f} MiB, {taken.new_bytes / 2**20:,.1f} of them new"
        print(f"backup {made.number}: {len(made.files):,} files, {new}")
        if taken.removed:
            print(f"removed: {taken.removed} older")
    if made.left_out:
        print(
            f"NOT in this backup: {', '.join(made.left_out)}. Without them no further release of the series "
            "can be made, and nobody can sign in. Give --passphrase-file or --recipient.",
            file=sys.stderr,
        )
    return 0
