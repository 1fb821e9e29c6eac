"""What a check is: a rule, the column it is about, and the SQL condition of a row that breaks it."""

from dataclasses import dataclass, field

from data.languages import Wording


@dataclass(frozen=True)
class Check:
    """One rule of one column. `condition` is SQL, true for the rows in question.

    A check with `style` breaks nothing by itself: it says how a value is written, and the ways of writing of
    a file are judged together. `wording` fills the placeholders of the rule's sentences.
    """

    rule: str
    column: str
    condition: str
    wording: Wording = field(default_factory=dict)
    style: bool = False
