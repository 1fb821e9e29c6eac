"""A preview made by another version of what protects figures is not published: what that version is."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.releases import draft
from tests.house.test_house import imports

ROOT = Path(__file__).parents[2]

# What they import and what changes no figure. Behind these nothing is looked at: whatever they import can
# only reach a figure through another module that is imported without them.
CHANGES_NO_FIGURE = {
    "data": "says the number of the version",
    "data.deliveries.format.profile": "how files in another shape are read, before they are stored",
    "data.deliveries.groupings.stock": "what is shown together; the list stands in the basis of a preview",
    "data.deliveries.store.damage": "says which stored files are damaged or can't be read, after the release",
    "data.deliveries.store.forgetting": "what was let go of, after it stood no longer",
    "data.deliveries.store.kind": "which deliveries a store takes; their own words mark the figures",
    "data.deliveries.store.profile_files": "how the next delivery of a sender is read",
    "data.deliveries.store.register": "its rows as they are, which stand in the basis of a preview",
    "data.deliveries.store.slips": "what the register says, once more beside the files of a delivery",
    "data.deliveries.store.unusable": "words of errors",
    "data.engines.failures": "words of errors",
    "data.foundation.durable": "how files get to the disk, and who has to wait",
    "data.foundation.errors": "words of errors",
    "data.foundation.languages": "titles of columns and how numbers in sentences are written",
    "data.foundation.settings": "the parameters that protect stand in the basis of a preview as they are",
    "data.foundation.steps": "how far the work is",
    "data.foundation.storedjson": "how the manifest is written; its content is what the others say",
    "data.warehouse.versions": "which warehouse serves within the house",
    "data.releases.again": "whether a release can be made once more, after it was made",
    "data.releases.approval": "who says that a release is to be published",
    "data.releases.afterwards.as_text": "a finished release as text, after it was made",
    "data.releases.afterwards.copies.copied": "whom a copy follows",
    "data.releases.afterwards.copies.fetched": "what comes to a copy from its publisher",
    "data.releases.afterwards.copies.pulled": "releases of others, as they were published",
    "data.releases.afterwards.copies.signing": "who published a release, after it was made",
    "data.releases.afterwards.copies.signed_list": "what others may know of releases, after they were made",
    "data.releases.afterwards.withdrawals": "which releases readers get no more, after they were made",
    "data.questions.engine": "answers questions, after the release was made",
    "data.questions.filters": "what a question is narrowed to, after the release was made",
}


def file_of(name: str) -> Path | None:
    """The file of a module of the project; None if it is none, or a package without any code."""
    path = ROOT.joinpath(*name.split("."))
    file = next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)
    if file and all(isinstance(node, ast.Expr) for node in ast.parse(file.read_text(encoding="utf-8")).body):
        return None
    return file


def stands_on() -> Iterator[str]:
    """The modules of the two packages that protect, and all they import, up to what changes no figure."""
    found = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in ("releases", "disclosure")
        for file in (ROOT / "data" / package).rglob("*.py")
    }
    seen = set()
    while found:
        name = found.pop()
        if name in seen or name in CHANGES_NO_FIGURE or not name.startswith("data"):
            continue
        seen.add(name)
        if file := file_of(name):
            yield name
            found |= set(imports(file))


def test_all_that_a_published_figure_stands_on_is_named():
    assert sorted(stands_on()) == sorted(set(stands_on()) & set(draft.PROTECTING))
    assert not set(CHANGES_NO_FIGURE) & set(draft.PROTECTING)
    assert not [name for name in CHANGES_NO_FIGURE if file_of(name) is None]


PROGRAMS = """
import sys
from pathlib import Path
from data.releases import draft
before = draft.program()
for name in sys.argv[1:]:
    file, text = Path(name), Path(name).read_bytes()
    file.write_bytes(text + b"\\n")
    if draft.program() == before:
        print(name)
    file.write_bytes(text)
    assert draft.program() == before
"""


def test_a_change_of_anything_that_a_published_figure_stands_on_is_another_program(tmp_path):
    def unread(folder, _):
        return {"__pycache__", "store"} if Path(folder) == ROOT / "data" else {"__pycache__"}

    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=unread)
    shutil.copytree(ROOT / "queries", tmp_path / "queries")
    files = [str(file_of(name).relative_to(ROOT)) for name in stands_on()]
    files += ["data/reference/bw/areas.csv", "data/reference/bw/published_funds.csv"]

    done = subprocess.run(
        [sys.executable, "-c", PROGRAMS, *files], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Writes modules and the SQL beside them, by their paths."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(**contents):
        for name, content in contents.items():
            path = tmp_path / name.replace("__", "/").replace("_sql", ".sql")
            path = path if path.suffix else path.with_suffix(".py")
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")

    return write


def test_a_file_that_moved_is_the_same_program_and_one_that_changed_is_another(modules):
    modules(old_room__rules="LIMIT = 5", old_room__rules_sql="select 1")
    modules(new_room__limits="LIMIT = 5", new_room__other_sql="select 1")
    modules(third_room__rules="LIMIT = 4", third_room__rules_sql="select 1")
    modules(fourth_room__rules="LIMIT = 5", fourth_room__rules_sql="select 2")

    old, moved, changed, other_sql = (
        draft.program([*draft.PROTECTING, name])
        for name in ("old_room.rules", "new_room.limits", "third_room.rules", "fourth_room.rules")
    )

    assert old == moved
    assert len({old, changed, other_sql, draft.program()}) == 4


@pytest.mark.parametrize("name", ["data.disclosure.gone", "data.gone.rules", "data.reference"])
def test_a_name_that_is_no_module_is_an_error_and_not_silence(name):
    with pytest.raises(ModuleNotFoundError, match=name.split(".")[1]):
        draft.program([*draft.PROTECTING, name])
