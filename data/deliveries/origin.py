"""Where a column's values stand in the file as its sender knows it: findings name that column and value."""

from dataclasses import dataclass

# Rules of the format that a value breaks which a profile should have mapped.
UNREAD = frozenset(
    {"value-list", "value-of", "country", "list", "boolean", "area-digits", "area-unknown", "pattern"}
)


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
        return "profile-value" if self.known and rule in UNREAD else rule


def wording(
    origins: dict[str, Origin], origin: Origin, words: dict[str, str], number: int | None
) -> dict[str, str]:
    """What a rule's sentences are filled with, other columns by the names that the sender knows."""
    others = {
        key: " ".join(origins[word].named(number) if word in origins else word for word in said.split(" "))
        for key, said in words.items()
        if key.startswith("other")
    }
    limit = {"limit": origin.known} if origin.known else {}
    return {"other": "", **words, **others, **limit}
