"""The menu under a figure: its numbers as CSV, as a workbook, or with their description as ZIP.

Of a release each is a link to an address that any process answers. Exact figures have no address: their
files are handed out by the session of whoever may see them.
"""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

import streamlit as st

from data.questions import figures
from pages.figures.described import Described
from pages.files import addresses, description, formats
from pages.files.figure import Figure
from pages.reading import reader
from pages.text.words import Words

# By the name of what offers it: the ending, and how it looks if not as usual (`pages/pictures/sizes.py`).
PICTURES: Mapping[str, tuple[str, dict[str, str]]] = {
    "png": ("png", {}),
    "quadrat": ("png", {"form": "quadrat"}),
    "druck": ("png", {"form": "druck"}),
    "grau": ("png", {"form": "druck", "ton": "grau"}),
    "svg": ("svg", {}),
    "pdf": ("pdf", {}),
}


def has_address(each: Described) -> bool:
    """Whether the files of a figure have addresses."""
    return each.choices is not None and not each.published.edition.internal


def menu(each: Described, words: Words) -> str:
    """A menu with the addresses of the files of a figure, as HTML. Each is made when it is asked for."""
    return over(words.t("files.menu"), "download", "".join(_links(each, each.choices or (), words)))


def over(label: str, icon: str, inside: str) -> str:
    """A button below which HTML opens; what is long scrolls, by the keyboard too."""
    return (
        f'<details class="over"><summary>{_sign(icon)}{escape(label)}</summary>'
        f'<div class="over-body" tabindex="0" role="group" aria-label="{escape(label)}">{inside}</div>'
        "</details>"
    )


def link(label: str, address: str, said: str = "", icon: str = "") -> str:
    """A link to a file, for `st.html`; `said` is what a screen reader says beside the label."""
    name = f"{label}: {said}" if said else label
    # Every page is one word below the path at which readers find the program, whichever that is.
    address = address.lstrip("/")
    return (
        f'<a class="file-link" href="{escape(address)}" aria-label="{escape(name)}">'
        f"{_sign(icon)}{escape(label)}</a>"
    )


def _sign(icon: str) -> str:
    return f'<span class="file-icon" aria-hidden="true">{escape(icon)}</span>' if icon else ""


def _links(each: Described, choices: tuple[str, ...], words: Words) -> list[str]:
    """Numbers first, then pictures where there are some, then the sentence: each with its address."""
    figure, named = each.taken(words), figures.named(each.key)

    def offered(text: str, ending: str, under: str = addresses.FIGURES, **form: str) -> str:
        at = addresses.of(figure, ending, choices, under, **form)
        return link(words.t(text), at, words.pick(named.title))

    found = [offered(f"files.offer.{ending}", ending) for ending in formats.BY_ENDING]
    if named.has_picture:
        found.append(f'<p class="file-kind">{escape(words.t("pictures.picture"))}</p><div class="file-row">')
        found += [
            offered(f"pictures.offer.{name}", ending, addresses.PICTURES, **form)
            for name, (ending, form) in PICTURES.items()
        ]
        found.append("</div>")
        at = addresses.embedded(figure, choices)
        found.append(link(words.t("embed.offer"), at, words.pick(named.title)))
    found.append(f'<p class="file-kind">{escape(words.t("pictures.sentence"))}</p>')
    found.append(offered("pictures.offer.txt", "txt", addresses.SENTENCES))
    if each.code:
        found.append(f'<p class="file-kind">{escape(words.t("cites.heading"))}</p>')
        found.append(
            link(each.code, f"{addresses.CITES}{each.code}?lang={words.lang}", words.t("cites.open"))
        )
        # One click takes all of it, on a phone one tap.
        found.append(f'<p class="file-cite" tabindex="0">{escape(description.cited(figure))}</p>')
    return found


def _exact(taking: Callable[[str], None], written: Callable[[Figure], bytes], figure: Figure) -> bytes:
    """The file, once it is in the log that somebody took it."""
    taking(figure.name)
    return written(figure)


def buttons(each: Described, words: Words) -> None:
    """A menu that hands out the files of a figure that has no address."""
    figure = each.taken(words)
    with st.popover(words.t("files.menu"), key=f"{each.element}_download", icon=":material/download:"):
        for ending, (written, mime) in formats.BY_ENDING.items():
            st.download_button(
                words.t(f"files.offer.{ending}"),
                data=partial(_exact, reader.taking(), written, figure),
                file_name=f"{figure.name}.{ending}",
                mime=formats.bare(mime),
                key=f"{each.element}_{ending}",
                on_click="ignore",
                type="tertiary",
            )
