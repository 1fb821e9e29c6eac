"""Where a column's values stand in the file as its sender knows it: findings name that column and value."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.languages import Wording

# Rules of the format that a value breaks which a profile should have mapped.
UNREAD = frozenset(
    {"value-list", "value-of", "country", "list", "boolean", "area-digits", "area-unknown", "pattern"}
)

UNKNOWN_VALUE = "profile-value"  # the rule that is broken in their place


@dataclass(frozen=True)
class Origin:
    """`heading` in the sender's file and `value`, SQL over a part's text for what is written there.

    `number`: SQL for what `{n}` in the heading is, where columns repeat. `known`: the values that a profile
    maps in this column; any other that the format doesn't accept is one that the profile doesn't know.
    """

    heading: str
    value: str
    number: str = "null"
    known: str = ""

    def named(self, number: int | None) -> str:
        """The heading, with its number."""
        return self.heading if number is None else self.heading.replace("{n}", str(number))

    def rule(self, rule: str) -> str:
        """The rule that a value of this column breaks, as its sender should be told it."""
        return UNKNOWN_VALUE if self.known and rule in UNREAD else rule


def wording(
    origins: dict[str, Origin], origin: Origin, rule: str, words: Wording, number: int | None
) -> Wording:
    """What the sentences of `rule` are filled with, other columns by the names that the sender knows."""

    def named(said: str) -> str:
        return " ".join(origins[word].named(number) if word in origins else word for word in said.split(" "))

    other = words.get("other", "")
    if isinstance(other, Mapping):
        other = {language: named(said) for language, said in other.items()}
    elif isinstance(other, str):
        other = named(other)
    limit = {"limit": origin.known} if rule == UNKNOWN_VALUE else {}
    return {**words, "other": other, **limit}
