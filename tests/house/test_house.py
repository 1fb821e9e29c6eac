"""The house in a test: what the contracts of imports in `pyproject.toml` can't say."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
FOLDERS = ("data", "pages")
OUTSIDE = re.compile(r"(?<![\w.])/(work|home|root|Users)/")  # folders of somebody's machine


def files(folder: str, ending: str = ".py") -> list[Path]:
    """The files below a folder. There are some: a test of a folder that has moved would see nothing."""
    found = sorted(
        file
        for file in (ROOT / folder).rglob(f"*{ending}")
        if not file.is_relative_to(ROOT / "data" / "store")
    )
    assert found, f"no {ending} in {folder}/"
    return found


FILES = [*(file for folder in FOLDERS for file in files(folder)), ROOT / "dashboard.py"]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports; `from a import b` counts as `a` and `a.b`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_no_module_imports_itself_by_way_of_others():
    graph = grimp.build_graph(*FOLDERS, "benchmarks", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert any(imported.values())
    TopologicalSorter(imported).prepare()  # raises CycleError, which names the circle


def test_only_disclosure_makes_a_published():
    makers = {
        name_of(file)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Published"
    }
    assert makers
    assert all(maker.startswith("data/disclosure/") for maker in makers), makers


def test_only_settings_read_the_environment():
    readers = {
        name_of(file)
        for file in FILES
        if re.search(r"os\.environ|getenv|from os import environ", file.read_text(encoding="utf-8"))
    }
    assert readers == {"data/foundation/settings.py"}


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
    assert {name_of(file) for file in found} == set(RENAMES)


def test_colours_live_in_the_theme():
    coloured = {
        name_of(file)
        for file in files("pages")
        if re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b", file.read_text(encoding="utf-8"))
    }
    assert coloured == {"pages/charts/theme.py"}


def test_nothing_is_kept_by_streamlit_or_written_as_unsafe_html():
    found = [
        f"{name_of(file)}: {word}"
        for file in FILES
        for word in ("cache_data", "cache_resource", "unsafe_allow_html", "unsafe_allow_javascript")
        if word in file.read_text(encoding="utf-8")
    ]
    assert found == []


def test_no_text_names_a_place_outside_the_repository():
    for folder in (*FOLDERS, "queries", "tests", "docs", "benchmarks"):
        for file in files(folder, ""):
            if file.suffix in (".py", ".sql", ".md", ".toml") and file != Path(__file__):
                assert not OUTSIDE.search(file.read_text(encoding="utf-8")), file


LINES = 400


def test_no_file_is_longer_than_one_job():
    sources = [
        *(file for folder in (*FOLDERS, "tests", "benchmarks") for file in files(folder)),
        *files("queries", ".sql"),
        *(ROOT / "data").rglob("*.sql"),
    ]
    long = {name_of(file) for file in sources if len(file.read_text(encoding="utf-8").splitlines()) > LINES}
    assert not long


ENTRIES = 15
FULL = {
    "data": "the rooms of the house, each on its floor in `pyproject.toml`, and the lists that all read",
    "pages": "the rooms of what readers see, each on its floor in `pyproject.toml`",
    "tests/pages": "a folder for each room of the pages",
    "tests": "a folder for each room, and for what opens the whole house",
    "data/foundation": "one noun a file, each of which more than one room reads",
    "data/commands": "one file a command, beside those of upkeep in a room of their own",
    "pages/internal/signin": "one file for each door, and the page that it shows",
    "data/redteam/attacks": "one file an attack, and the SQL of some beside it",
    "data/demo": "one file for each thing that is drawn: cases, goals, funds, posts …",
    "queries/marts": "one file a mart; siblings of one shape, in the order that their SQL gives",
    "queries/staging": "one file a table; siblings of one shape, in the order that their SQL gives",
    "tests/deliveries/handin/golden": "one file for each kind of file that may be handed in",
    "tests/releases": "one file for each thing that a release promises",
    "tests/support": "what tests of several rooms share: one file for each thing that they make or draw",
} | {
    name_of(file.parent): "one file of texts for each page and each part of a page, in each language"
    for file in files("pages/text", "language.toml")
}


def test_no_folder_is_fuller_than_one_room():
    """Entries are files and folders. One that has a reason, and needs none any more, loses it."""
    inside = defaultdict(set)
    for folder in (*FOLDERS, "queries", "tests", "benchmarks"):
        for file in files(folder, ""):
            if "__pycache__" not in file.parts and file.name != "__init__.py":
                inside[name_of(file.parent)].add(file.name)
    assert {folder for folder, entries in inside.items() if len(entries) > ENTRIES} == set(FULL)


TWINS = {
    "__main__.py": "what `python -m` looks for",
    "addresses.py": "under which address a file stands, and what an address asks for",
    "archive.py": "a ZIP is read by deliveries and written by the demonstration",
    "audit.py": "the command, and the log that it prints",
    "build.py": "the command, and what it does",
    "caseload.py": "the page, and its figures",
    "changes.py": "what a hand-in changes, and what a release changes, shown on two pages of one shape",
    "counselling.py": "the page, and its figures",
    "deliveries.py": "the page, and the store that it shows",
    "filters.py": "what a question is narrowed to, and where a reader chooses it",
    "findings.py": "what a check finds, and where a page shows it",
    "funds.py": "the page, its figures, and the funds of the demonstration",
    "goals.py": "the page, its figures, and the goals of the demonstration",
    "land.py": "the folder of a Land, and the one that the demonstration draws",
    "mapping.py": "how columns are mapped, and where a page lets somebody do it",
    "methods.py": "the page, and its figures",
    "municipality.py": "the page, and its figures",
    "overview.py": "the page, and its figures",
    "profile.py": "the command, and what a profile is",
    "report.py": "what is written about a hand-in, and about an attack",
    "shelf.py": "the releases, and the part of the page that shows them",
    "steering.py": "the page, and what it reads of a store beside answers",
    "verify.py": "the command, and what a release has to pass",
    "writing.py": "how values are written: read by a check, and shown on the page that asks for it",
}


def test_no_two_files_have_one_name_unless_they_are_twins():
    of_name = defaultdict(set)
    for file in FILES:
        if file.name != "__init__.py":
            of_name[file.name].add(name_of(file.parent))
    assert {name for name, folders in of_name.items() if len(folders) > 1} == set(TWINS)


PARAMETERS = 6


def test_more_than_six_parameters_are_a_dataclass():
    many = {}
    for file in (*FILES, *files("benchmarks")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                names = [each.arg for each in given if each.arg not in ("self", "cls")]
                if len(names) > PARAMETERS:
                    many[f"{name_of(file)}: {node.name}"] = len(names)
    assert not many


def test_the_licence_is_there_in_full():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}. " in text for number in range(1, 16))
    assert " ".join(text.split()).endswith("require the production of a new EUPL version.")


# Before Python 3.11.5 (Debian has 3.11.2) a group that gives nothing back loses matches without a word: cells
# with an error were taken for empty ones.
LOSES = re.compile(r"\)(\?|\*|\+|\{[0-9,]+\})\+|\(\?>")


def test_no_pattern_has_a_group_that_gives_nothing_back():
    found = []
    for file in (*FILES, *files("benchmarks")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                found += [f"{name_of(file)}: {text[:60]}"] if LOSES.search(text) else []
    assert not found


def longer(tree: ast.Module) -> Iterator[str]:
    """The tests of a file that do more in `make test-slow`, which runs none of them: they have no mark."""
    said = {"effort"}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "tests.support.effort":
            said |= {each.asname or each.name for each in node.names}
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            if not names & said:
                continue
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test"):
                if not re.search(r"mark\.long|given\(", ast.unparse(node)):
                    yield node.name
            elif isinstance(node, ast.Assign):
                said |= {each.id for each in node.targets if isinstance(each, ast.Name)}


def test_what_has_a_long_form_is_run_at_length():
    """`make test-slow` runs what is marked `long`: a longer form without the mark is never run."""
    unmarked = [
        f"{name_of(file)}: {name}"
        for file in files("tests")
        if not re.search(
            r"pytestmark = (\[[^\]]*)?pytest\.mark\.long", text := file.read_text(encoding="utf-8")
        )
        for name in longer(ast.parse(text))
    ]
    assert not unmarked, "@pytest.mark.long is missing"
