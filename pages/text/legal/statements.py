"""Imprint, privacy and accessibility: texts that an installation keeps in a folder, as harmless HTML.

`DASHBOARD_LEGAL/<language>/impressum.md` and so on; a model text of the program stands for what is missing.
What is in brackets there (`[AUSFÜLLEN: …]`, `[FILL IN: …]`) an installation has to say itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from data.foundation import settings
from data.foundation.languages import DEFAULT

MODELS = Path(__file__).parent
NAMES = ("impressum", "datenschutz", "barrierefreiheit")
BLANK = re.compile(r"\[(?:AUSFÜLLEN|FILL IN):[^\]]*\]")
PARAGRAPH = re.compile(r"§ (?=\d)")  # is never parted from its number
LINKS = re.compile(r"(?i)(?:https?://|mailto:)[^\x00-\x20]+")
HIGHEST = 3  # the page itself has the headings above
LONGEST = 200_000  # bytes of a text; a whole law has room


@dataclass(frozen=True)
class Statement:
    """One text: its language (which may be another than that asked for), harmless HTML, whether it is the
    program's model, and what is still to be filled in.
    """

    name: str
    lang: str
    html: str
    is_model: bool
    blanks: tuple[str, ...]


def statement(name: str, lang: str) -> Statement:
    """The text in this language, else in German: the installation's own before the model."""
    own = settings.legal()
    for folder in (own, MODELS):
        for each in dict.fromkeys((lang, DEFAULT)) if folder else ():
            if folder and (text := _text(folder / each / f"{name}.md")):
                blanks = tuple(BLANK.findall(text))
                return Statement(name, each, harmless(text), folder == MODELS, blanks)
    raise FileNotFoundError(name)


def open_points(langs: Sequence[str] = (DEFAULT,)) -> tuple[str, ...]:
    """What an installation has not said yet, one sentence for operators each; empty if it has said all."""
    found = []
    for name in NAMES:
        for each in (statement(name, lang) for lang in langs):
            if each.is_model:
                found.append(f"{name}: there is no {each.lang}/{name}.md; readers see the model text")
            elif each.blanks:
                found.append(f"{each.lang}/{name}.md: still to be filled in: {', '.join(each.blanks[:3])}")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)
def harmless(text: str) -> str:
    """Markdown as HTML that can't run: markup is shown as it is written, no picture is loaded, links lead to
    http, https and mailto alone. What is to be filled in is marked.
    """
    return str(_markdown().render(PARAGRAPH.sub("§\u00a0", text)))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
    made.validateLink = lambda url: LINKS.fullmatch(url) is not None  # type: ignore[method-assign]
    made.add_render_rule("text", _marked)
    for rule in ("heading_open", "heading_close"):
        made.add_render_rule(rule, _lower)
    return made


def _marked(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return BLANK.sub(lambda found: f"<mark>{found[0]}</mark>", self.text(tokens, at, options, env))


def _lower(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    level = int(tokens[at].tag[1])
    tokens[at].tag = f"h{min(max(level + 1, HIGHEST), 6)}"
    return self.renderToken(tokens, at, options, env)


def _text(path: Path) -> str:
    """What a file says; nothing if there is none, or none that can be read as text."""
    try:
        said = path.stat()
        return _read(path, said.st_mtime_ns) if said.st_size <= LONGEST else ""
    except (OSError, UnicodeDecodeError):
        return ""


@lru_cache(maxsize=32)
def _read(path: Path, changed_ns: int) -> str:
    return path.read_text(encoding="utf-8-sig").strip()
