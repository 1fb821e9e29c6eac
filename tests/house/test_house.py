"""The house in a test: imports point one way, files stay small, each thing has its one place."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("data", "pages")
FILES = sorted(
    [*(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")), ROOT / "dashboard.py"]
)
OUTSIDE = re.compile("/(work|home|root|Users)/")  # folders of somebody's machine
QUERIES = sorted((ROOT / "queries").rglob("*.sql"))


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports; `from a import b` counts as `a` and `a.b`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def breaking(folder: str, *forbidden: str) -> list[str]:
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in FILES
        if file.is_relative_to(ROOT / folder)
        for module in imports(file)
        if any(module == name or module.startswith(f"{name}.") for name in forbidden)
    ]


def test_data_knows_nothing_of_pages():
    assert not breaking("data", "streamlit", "plotly", "pages", "dashboard")


def test_pages_have_one_way_to_a_number():
    assert not breaking("pages", "duckdb", "sqlite3", "data.questions.engine", "dashboard")


def test_attackers_share_nothing_with_what_they_attack():
    """But for the mechanism, which they examine, and the rooms that make releases for them to attack."""
    makers = ("mechanism.py", "targets.py", "quick.py", "__main__.py")
    found = breaking(
        "data/redteam",
        "data.disclosure",
        "data.releases",
        "data.warehouse.models",
        "data.publish",
        "data.questions.catalogue",
    )
    assert not [each for each in found if not each.split(" ")[0].endswith(makers)]


def test_charts_are_handed_their_figures():
    assert not breaking(
        "pages/charts", "streamlit", "data.publish", "data.questions.engine", "data.questions.catalogue"
    )


def test_parts_do_not_import_pages():
    assert not [
        line
        for part in ("reading", "figures", "charts", "text", "work")
        for line in breaking(f"pages/{part}", "pages.frame", "pages.public", "pages.internal")
    ]


def test_only_disclosure_makes_a_published():
    makers = {
        str(file.relative_to(ROOT))
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Published"
    }
    assert all(maker.startswith("data/disclosure/") for maker in makers), makers


def test_only_settings_read_the_environment():
    readers = [
        str(file.relative_to(ROOT))
        for file in FILES
        if re.search(r"os\.environ|getenv|from os import environ", file.read_text(encoding="utf-8"))
    ]
    assert set(readers) <= {"data/foundation/settings.py"}


RENAMES = {
    "data/foundation/durable.py": "here it is done, in the one order that survives a power cut",
    "data/deliveries/guard/leftout.py": "in a hand-in that nobody reads yet; `accept.pack` syncs all of it",
}


SYSTEM_CALLS = {("shutil", "move"), *(("os", name) for name in ("fsync", "fdatasync", "replace", "rename"))}


def test_files_get_their_names_in_one_durable_way():
    """`str.replace` has two arguments and more; `Path.replace` and `Path.rename` have one."""
    found = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            of = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            name, given = node.func.attr, len(node.args) + len(node.keywords)
            of_system = (of, name) in SYSTEM_CALLS
            of_path = name in ("rename", "replace") and given == 1 and of != "durable"
            if of_system or of_path:
                found.add(file)
    assert {str(file.relative_to(ROOT)) for file in found} == set(RENAMES)


def test_colours_live_in_the_theme():
    coloured = [
        str(file.relative_to(ROOT))
        for file in FILES
        if file.is_relative_to(ROOT / "pages") and file.name != "theme.py"
        if re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b", file.read_text(encoding="utf-8"))
    ]
    assert not coloured


def test_nothing_is_kept_by_streamlit_or_written_as_unsafe_html():
    found = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in FILES
        for word in ("cache_data", "cache_resource", "unsafe_allow_html", "unsafe_allow_javascript")
        if word in file.read_text(encoding="utf-8")
    ]
    assert not found


def test_files_are_short():
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in (*FILES, *QUERIES)}
    assert not {file: length for file, length in lengths.items() if length > 200}
    assert statistics.median(lengths.values()) <= 50


def test_no_text_names_a_place_outside_the_repository():
    for folder in (*FOLDERS, "queries", "tests", "docs"):
        for file in (ROOT / folder).rglob("*.*"):
            if file.suffix in (".py", ".sql", ".md", ".toml") and file != Path(__file__):
                assert not OUTSIDE.search(file.read_text(encoding="utf-8")), file
