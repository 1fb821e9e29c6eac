"""What was hashed while it was received is not read again, and what was touched since is."""

import hashlib
import os
from pathlib import Path

import pytest

from data.deliveries.store.incoming import hashes_of_folder, incoming, receive


@pytest.fixture
def received(tmp_path):
    (tmp_path / "files").mkdir()
    for name in ("faelle.csv", "ziele.csv"):
        (tmp_path / "files" / name).write_bytes(name.encode())
    with incoming(tmp_path / "store") as new:
        receive(tmp_path / "files", new)
        yield new


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_copy_that_nobody_touched_is_not_read_a_second_time(received, monkeypatch):
    (received.copy / "faelle.parquet").write_bytes(b"checked")
    opened, real = [], Path.open

    def watched(self, *how, **more):
        opened.append(self.name)
        return real(self, *how, **more)

    monkeypatch.setattr(Path, "open", watched)

    assert hashes_of_folder(received.copy, received.hashed) == {
        "faelle.parquet": sha256(b"checked"),
        "original/faelle.csv": sha256(b"faelle.csv"),
        "original/ziele.csv": sha256(b"ziele.csv"),
    }
    assert opened == ["faelle.parquet"]


@pytest.mark.parametrize("replaced", [False, True])
def test_what_is_left_out_of_a_copy_afterwards_is_hashed_as_it_is_stored(received, replaced):
    copy = received.original / "faelle.csv"
    if replaced:  # another file of the same size and time
        (received.scratch / "new.csv").write_bytes(b"FAELLE.csv")
        times = copy.stat().st_atime_ns, copy.stat().st_mtime_ns
        os.utime(received.scratch / "new.csv", ns=times)
        (received.scratch / "new.csv").replace(copy)
    else:
        copy.write_bytes(b"FAELLE.csv")

    assert hashes_of_folder(received.copy, received.hashed)["original/faelle.csv"] == sha256(b"FAELLE.csv")
