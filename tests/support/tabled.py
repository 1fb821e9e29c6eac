"""The tables of an opened page: as a reader reads them, and as they were sent."""

import json
from typing import Any

import pandas as pd
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

FOLDER = "_expander"


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


def tables(page: AppTest | Block) -> list[pd.DataFrame]:
    """The tables of the page in their order."""
    return [rows(sheet) for sheet in sent(page).values()]


def folders(page: AppTest) -> list[str]:
    """The keys of the figures whose table stands in a folder."""
    keys = [user_key_from_element_id(each._block_id) for each in page.expander if each._block_id]
    return [str(key).removesuffix(FOLDER) for key in keys if str(key).endswith(FOLDER)]


def unfolded(page: AppTest) -> AppTest:
    """The same page with every folder open that holds a table, as if a reader had clicked on all of them."""
    for key in folders(page):
        page.session_state[key + FOLDER] = True
    return page.run()
