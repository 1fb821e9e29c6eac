"""ZIP archives whose bytes depend on nothing but what is in them."""

import zipfile
from pathlib import Path

WRITTEN_AT = (2026, 10, 1, 8, 0, 0)  # a fixed time: the same seed gives the same bytes


def write(path: Path, files: dict[str, bytes]) -> None:
    """An archive of the files, in their order."""
    with zipfile.ZipFile(path, "w") as target:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, WRITTEN_AT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            target.writestr(member, content, compresslevel=1)
