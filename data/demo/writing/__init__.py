"""Writing a delivery the way an office would: a folder of CSV files, a ZIP archive, a workbook."""

from pathlib import Path

import pyarrow as pa

from data.demo.senders import Sender
from data.demo.writing import archive, separated, workbook


def delivery(folder: Path, sender: Sender, tables: dict[str, pa.Table]) -> Path:
    """Write the tables in the sender's way and return what is to be imported."""
    path = folder / sender.file_name
    if sender.style.container == "workbook":
        workbook.write(path, tables, sender.style)
        return path
    files = {f"{name}.csv": separated.encoded(table, sender.style) for name, table in tables.items()}
    if sender.style.container == "archive":
        archive.write(path, files)
        return path
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path
