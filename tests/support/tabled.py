"""The tables of an opened page: as a reader reads them, and as they were sent."""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.support import written
from tests.support.answered import answered


def sent(page: AppTest | Block) -> dict[str, dict[str, Any]]:
    """What was sent of each table of the page, by its key."""
    found = (each.proto for each in page.get("bidi_component") if each.proto.component_name == "table")
    sheets = [json.loads(proto.bytes) for proto in found]
    return {sheet["key"]: sheet for sheet in sheets}


def rows(sheet: dict[str, Any]) -> pd.DataFrame:
    """A table as it was sent, with its texts in the order of its rows."""
    every = range(sheet["count"])
    texts = [[column["texts"][at] for at in column.get("at", every)] for column in sheet["columns"]]
    labels = [column["label"] for column in sheet["columns"]]
    return pd.DataFrame(list(zip(*texts, strict=True)), columns=labels, dtype="str")


FOLDER = "_expander"


@dataclass(frozen=True)
class Unfolded:
    """The tables of a page with every folder open, as if a reader had clicked on all of them."""

    sheets: dict[str, dict[str, Any]]


def tables(page: AppTest | Block | Unfolded) -> list[pd.DataFrame]:
    """The tables of the page in their order."""
    return [rows(sheet) for sheet in (page.sheets if isinstance(page, Unfolded) else sent(page)).values()]


def folders(page: AppTest) -> list[str]:
    """The keys of the figures whose table stands in a folder."""
    return [tag.given["data-unfolds"] for tag in written.tags(page, "details", "folder")]


def unfolded(page: AppTest) -> Unfolded:
    """What a browser fetches for the folders of figures, and what the page sends of those that it opens."""
    own = [user_key_from_element_id(each._block_id) for each in page.expander if each._block_id]
    for key in own:
        if str(key).endswith(FOLDER):
            page.session_state[str(key)] = True
    shown = sent(page.run() if own else page)
    places = [tag.given for tag in written.tags(page, having="rows")]
    found = [json.loads(each.get("data-sheet") or _fetched(each["data-from"])) for each in places]
    return Unfolded(shown | dict(zip(folders(page), found, strict=True)))


def _fetched(address: str) -> bytes:
    answer = answered(f"/{address}")
    assert answer.status == 200, answer.body
    return answer.body
