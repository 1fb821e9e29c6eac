"""What the name of a column says about what is in it."""

from itertools import pairwise

from data.deliveries.guard.words import heading_words, lists, words

SPECIAL = "special"  # Art. 9 GDPR
NAME = "name"


def kind(heading: str) -> str | None:
    """The kind of personal detail that a column of this name announces, `special` for Art. 9, or None."""
    found, whole = heading_words(heading), "".join(heading_words(heading))
    said = {*found, *words(heading), whole}
    said |= {first + second for first, second in pairwise(found)}
    of = lists()["headings"]
    special = of[SPECIAL]
    if any(word.startswith(tuple(special["beginnings"])) for word in said - set(special["but"])):
        return SPECIAL
    for each, by in of.items():
        if each not in (SPECIAL, "whose") and said & set(by["words"]):
            return str(each)
    whose = said & set(of["whose"]["words"])
    return NAME if any(word in ("name", "names") for word in found) and not whose else None
