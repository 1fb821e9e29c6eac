"""Until when the deliveries of each Kreis are complete, as two releases know it."""

from dataclasses import dataclass

from data.disclosure.published import Published


@dataclass(frozen=True)
class Kreis:
    """Until which month the deliveries of a Kreis are complete, e.g. 2026-09; None: nobody has delivered."""

    area_code: str
    before: str | None
    after: str | None


def between(before: Published | None, after: Published) -> tuple[Kreis, ...]:
    """All 44, in the order of their codes."""
    earlier = _until(before)
    return tuple(Kreis(code, earlier.get(code), until) for code, until in _until(after).items())


def _until(published: Published | None) -> dict[str, str | None]:
    rows = published or ()
    return {
        str(row["area_code"]): str(row["complete_until"]) if row["complete_until"] else None for row in rows
    }
