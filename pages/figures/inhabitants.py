"""What the inhabitants in a figure are: from where, as of when, carried forward from which census."""

from datetime import date

from data.disclosure.published import Published
from pages.text.words import Words


def said(published: Published, words: Words) -> str:
    """A sentence for each source and census in these rows; nothing where no row has inhabitants.

    The rows have `inhabitants_source`, `inhabitants_on` and `inhabitants_census`.
    """
    found: dict[tuple[str, str], list[date]] = {}
    for row in published:
        source, census, day = (row[f"inhabitants_{name}"] for name in ("source", "census", "on"))
        if isinstance(source, str) and isinstance(day, date):
            found.setdefault((source, str(census or "")), []).append(day)
    return " ".join(_sentence(*kind, days, words) for kind, days in sorted(found.items()))


def _sentence(source: str, census: str, days: list[date], words: Words) -> str:
    first, last = min(days), max(days)
    when = words.t("show.inhabitants.on", day=words.date(last))
    if first != last:
        when = words.t("show.inhabitants.between", first=words.date(first), last=words.date(last))
    by_census = words.t("show.inhabitants.census", census=words.category(census)) if census else ""
    return words.t(f"show.inhabitants.{source}", when=when, census=by_census)
