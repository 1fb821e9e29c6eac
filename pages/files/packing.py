"""Archives that have the same bytes each time: order, times and rights of what is in them are told."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # an archive can say no earlier time


def packed(parts: Mapping[str, bytes], made: datetime) -> bytes:
    """An archive of these parts by name, in their order, all of the same time."""
    when = max(made, EARLIEST).timetuple()[:6]
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return raw.getvalue()
