"""Text in an encoding of one byte a letter becomes the same text in UTF-8, by either way."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from data.deliveries.reading import csv_files

WINDOWS = "".join(
    bytes([byte]).decode("cp1252") for byte in range(0x80, 0x100) if byte not in csv_files.NOT_IN_WINDOWS
)


@given(st.text(alphabet="aäöüß;\n" + WINDOWS, min_size=1, max_size=40))
def test_windows_1252_reads_back_whatever_letters_it_has(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in"
        path.write_bytes(text.encode("cp1252"))
        found = csv_files.Encoding(
            "cp1252", "", high=bytes(sorted(set(text.encode("cp1252")) - set(range(0x80))))
        )

        readable = csv_files.as_utf8(path, found, Path(folder) / "out")

        assert readable.read_bytes().decode("utf-8") == text


@given(st.sets(st.sampled_from("äöüßÄÖÜ§é"), min_size=1))
def test_letters_of_german_text_are_replaced_without_decoding(letters):
    high = bytes(sorted(letter.encode("cp1252")[0] for letter in letters))

    assert len(csv_files._letters(csv_files.Encoding("cp1252", "", high=high))) == len(letters)
