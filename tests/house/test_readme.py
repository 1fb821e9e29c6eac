"""What the README, CONTRIBUTING.md and docs/architecture.md promise is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = ("CONTRIBUTING.md", "docs/architecture.md")
DOCS = (
    "docs/deliveries.md",
    "docs/first-day.md",
    "docs/profiles.md",
    "docs/releases.md",
    "docs/decisions.md",
    "queries/README.md",
)
# A path as the guides write one: a folder ends with a stroke, `<page>` stands for any name.
PATH = re.compile(r"`((?:[\w.<>-]+/)+(?:[\w.<>-]+)?|[\w-]+\.(?:py|sql|toml|md|csv|json))`")

# A name of the program as they write one: a constant, a class, `module.function`, `function(…)`, `a_name`.
CODE = re.compile(r"`(?:(\w+)\.)?(\w+)(\([^`]*\))?`")
PAIR = re.compile(r"`([A-Z][A-Z_]+)`(?:, `([A-Z][A-Z_]+)`)? (?:in|of) `([\w/]+\.py)`")
PARENTHESES = re.compile(r"`([\w/]+\.py)` \(((?:`\w+`(?:, |\)))+)")
ENDINGS = (".py", ".sql", ".toml", ".md", ".csv", ".json", ".js")  # of files: another test has these
SOURCES = [
    (file, file.read_text(encoding="utf-8"))
    for top in ("data", "pages", "queries", "tests")
    for file in sorted((ROOT / top).rglob("*"))
    if file.suffix in (".py", ".sql", ".toml", ".json") and not file.is_relative_to(ROOT / "data" / "store")
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def there(path: str) -> bool:
    """Whether there is such a file or folder; of a name alone, whether any file of the project has it."""
    folders = ("data", "pages", "queries", "tests", "docs", "benchmarks")
    if "<" in path:
        return (ROOT / path.split("<")[0]).is_dir()
    if "/" in path:
        return (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).exists()
    return (ROOT / path).exists() or any(any((ROOT / each).rglob(path)) for each in folders)


def test_the_make_targets_they_name_exist():
    defined = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    texts = {name: read(name) for name in ("README.md", *GUIDES, *DOCS)}
    named = {name: set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", text, re.M)) for name, text in texts.items()}
    assert {"run", "test", "check", "test-slow"} <= named["README.md"]
    assert {name: unknown for name, targets in named.items() if (unknown := targets - defined)} == {}


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m data (\w+)", README))))
def test_the_commands_it_names_exist(command):
    done = subprocess.run(
        [sys.executable, "-m", "data", command, "--help"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["README.md", *GUIDES])
def test_the_files_it_links_to_exist(name):
    for target in re.findall(r"\]\(([^)#]+)(?:#[\w-]+)?\)", read(name)):
        assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", GUIDES)
def test_every_path_that_a_guide_names_exists(name):
    paths = PATH.findall(read(name))
    assert len(paths) > 40
    assert [path for path in paths if not there(path)] == []


def test_a_file_named_without_its_folder_lies_beside_one_that_the_same_step_of_a_life_names():
    """In docs/architecture.md: `relations.py` stands beside `data/deliveries/checking/check.py`."""
    steps = re.findall(r"^\d+\. .*(?:\n {3}.*)*", read("docs/architecture.md"), re.M)
    assert len(steps) > 25
    missing = []
    for step in steps:
        paths = PATH.findall(step)
        folders = [
            ROOT / path if path.endswith("/") else (ROOT / path).parent for path in paths if "/" in path
        ]
        alone = [path for path in paths if "/" not in path]
        missing += [path for path in alone if not any((folder / path).is_file() for folder in folders)]
    assert missing == []


def defines(name: str, text: str) -> bool:
    """Whether a source has a function, a class, a table, a column, a constant or a field of this name."""
    made = rf"\b(?:def|class|macro|as|table) (?:\w+\.)?{name}\b|^\s*[{{\"(]*{name}\"?(?:: |\s*=)|\"{name}\""
    return re.search(made, text, re.M) is not None


def is_defined(module: str, name: str) -> bool:
    """Where the module is a file, there; `marts.x` and `staging.x` are files of SQL."""
    if module and (ROOT / "queries" / module).is_dir():
        return (ROOT / "queries" / module / f"{name}.sql").exists()
    of_module = [text for file, text in SOURCES if file.name == f"{module}.py"]
    return any(defines(name, text) for text in of_module or [text for _, text in SOURCES])


@pytest.mark.parametrize("name", GUIDES)
def test_every_name_of_the_program_that_a_guide_names_is_defined(name):
    named = {
        (module, word)
        for module, word, called in CODE.findall(read(name))
        if module != "st" and f".{word}" not in ENDINGS and not word.isdigit()
        # A plain word may be a key of texts, a value or what a thing is called.
        if module or called or "_" in word.strip("_") or word[0] == "_" or word != word.lower()
    }
    assert len(named) >= 5
    assert sorted(f"{module}.{word}" for module, word in named if not is_defined(module, word)) == []


@pytest.mark.parametrize("name", GUIDES)
def test_a_name_that_a_guide_puts_into_a_file_is_defined_there(name):
    text = " ".join(read(name).split())
    pairs = [(path, word) for *words, path in PAIR.findall(text) for word in words if word]
    pairs += [
        (path, word) for path, words in PARENTHESES.findall(text) for word in re.findall(r"`(\w+)`", words)
    ]
    files = [
        (path, word, [of for file, of in SOURCES if file.as_posix().endswith(path)]) for path, word in pairs
    ]
    assert [(path, word) for path, word, of in files if not any(defines(word, each) for each in of)] == []


@pytest.mark.parametrize("name", DOCS)
def test_every_path_into_the_program_that_another_text_names_exists(name):
    paths = [path for path in PATH.findall(read(name)) if path.split("/")[0] in ("data", "pages", "tests")]
    assert [path for path in paths if not there(path)] == []


def test_every_folder_of_the_program_has_its_line_in_the_architecture():
    lines = set(re.findall(r"^\| `([\w/]+)/` \|", read("docs/architecture.md"), re.M))
    files = [file.relative_to(ROOT) for top in ("data", "pages") for file in (ROOT / top).rglob("*.*")]
    folders = {
        folder.as_posix()
        for file in files
        if file.suffix in (".py", ".toml", ".csv") and file.parts[:2] != ("data", "store")
        for folder in file.parents
        if len(folder.parts) > 1
    }
    explained = {"data/deliveries/format/rules", "data/deliveries/profiles/shipped"}  # with their rooms
    explained |= {f"pages/text/{folder.name}" for folder in (ROOT / "pages" / "text").iterdir()}
    assert folders - explained <= lines
    assert {line for line in lines if not (ROOT / line).is_dir()} == set()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="without git nobody knows what belongs to it")
def test_no_host_of_a_package_registry_is_written_anywhere():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wrong = re.compile(r"pypi[.]org|pythonhosted[.]|registry[.]npmjs")
    for name in tracked.splitlines():
        path = ROOT / name
        if (
            path.suffix in (".py", ".md", ".toml", ".txt", ".in", ".sql", ".json", ".css", "")
            and path.exists()
        ):
            assert not wrong.search(path.read_text(encoding="utf-8")), name
