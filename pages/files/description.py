"""What a table does not say itself: what its columns mean, how exact it is, whose it is, how to cite it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data.disclosure.published import Published, Ratio, Role
from data.questions import catalogue, measures
from pages.files import figure as figures
from pages.files.figure import Figure
from pages.files.table import Kind, Table, meaning
from pages.text.words import Words

LICENCE = "https://www.govdata.de/dl-de/by-2-0"
# Of the choices of a reader, those that the context of a figure names anyway.
_NAMED = ("area_code", "grouping", "compare", "period")
OF_RELEASE = "show.source.release"  # the text of where most figures come from
_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True)
class Section:
    """A heading and the sentences below it."""

    heading: str
    lines: tuple[str, ...]


def source_key(published: Published) -> str:
    """The key of the text that says where the figures come from."""
    if published.origin:
        return "show.published_source"
    return "show.source.exact" if published.edition.internal else OF_RELEASE


def source(published: Published, words: Words, written: Callable[[str], str] = str) -> str:
    """Where the figures come from, and as of when: also those of the inhabitants by which they are told. The
    name of the version is `written` so.
    """
    day, version = words.date(as_of(published)), written(published.edition.version)
    from_where = words.t(source_key(published), as_of=day, version=version)
    return " ".join([from_where, *(_of_inhabitants(*each, words) for each in published.inhabitants)])


def _of_inhabitants(source: str, census: str, first: date, last: date, words: Words) -> str:
    when = words.t("show.inhabitants.on", day=words.date(last))
    if first != last:
        when = words.t("show.inhabitants.between", first=words.date(first), last=words.date(last))
    by_census = words.t("show.inhabitants.census", census=words.category(census)) if census else ""
    return words.t(f"show.inhabitants.{source}", when=when, census=by_census)


def as_of(published: Published) -> date:
    """The day of which the figures are."""
    return published.edition.as_of or published.edition.built_at.date()


def sections(figure: Figure) -> list[Section]:
    """The whole description, but for the list of columns."""
    words, published = figure.words, figure.published
    named = (
        ("about", _about(figure)),
        ("measures", _measures(published, words)),
        ("exactness", _exactness(published, words)),
        ("source", _source(figure)),
        ("open", [words.t("files.open")]),
    )
    return [Section(words.t(f"files.heading.{key}"), tuple(lines)) for key, lines in named if lines]


def of_columns(figure: Figure, table: Table) -> Section:
    """One sentence for each column, with its type."""
    words = figure.words
    lines = [
        words.t(
            "files.column_line", name=field.name, kind=kind(field.kind, words), text=meaning(field, words)
        )
        for field in table.fields
    ]
    return Section(words.t("files.heading.columns"), tuple(lines))


def kind(of: Kind, words: Words) -> str:
    """The type of a column as a word."""
    return words.t(f"files.kind.{of.value}")


def cited(figure: Figure) -> str:
    """How the figures are cited."""
    text = figure.words.t(
        "files.cite",
        title=figure.words.heading,
        heading=figure.heading,
        version=figure.published.edition.version,
        as_of=figure.words.date(as_of(figure.published)),
        url=LICENCE,
    )
    return f"{text}. {figure.words.t('files.cite_code', code=figure.code)}" if figure.code else text


def sourced(figure: Figure) -> str:
    """In one line whose a sentence is, for whoever takes it over: mark, source, licence and code."""
    edition, words = figure.published.edition, figure.words
    day = words.date(as_of(figure.published))
    text = words.t("files.sourced", title=words.heading, version=edition.version, as_of=day)
    code = [words.t("files.cite_code", code=figure.code)] if figure.code else []
    return " · ".join([*figures.marks(edition, words), text, *code])


def markdown(figure: Figure, table: Table) -> str:
    """The description as Markdown, in which no name from outside is markup."""
    marks = [f"> **{_plain(mark)}**" for mark in figures.marks(figure.published.edition, figure.words)]
    blocks = [f"# {_plain(figure.heading)}", *marks]
    every = sections(figure)
    # Columns stand where a reader who has the file open looks for them: after what it is about.
    for section in (*every[:1], of_columns(figure, table), *every[1:]):
        blocks.append(f"## {_plain(section.heading)}")
        blocks.append("\n".join(f"- {_plain(line)}" for line in section.lines))
    return "\n\n".join(blocks) + "\n"


def _about(figure: Figure) -> list[str]:
    words, now, edition = figure.words, figure.chosen, figure.published.edition
    first, *others = figure.places or (figure.place, *map(words.area, () if figure.place else now.compared))
    context = words.t(
        "files.context",
        area=first or words.area(now.area_code),
        period=words.period(now.period or ""),
        compare=words.listed(others) or "–",
    )
    marks = [words.t("files.internal")] if edition.internal else []
    if edition.synthetic:
        marks.append(words.t("files.synthetic"))
    return [*marks, context, *_choices(figure.published, words), *figure.notes]


def _choices(published: Published, words: Words) -> list[str]:
    """What else the question was asked for: a goal area, a programme, a level."""
    if published.asked is None:
        return []
    values = published.asked.values()
    asked = [name for name in catalogue.query(published.query).params if name not in _NAMED]
    return [
        f"{words.t(f'filters.{name}.label')}: {words.category(str(values[name]), name)}"
        for name in asked
        if values[name]
    ]


def _measures(published: Published, words: Words) -> list[str]:
    lines = []
    for measure in (measures.register()[name] for name in published.measures):
        lines.append(f"{measure.text('name', words.lang)}: {measure.text('definition', words.lang)}")
        lines += [
            words.t(f"show.measure.{part}", text=measure.text(part, words.lang))
            for part in ("numerator", "denominator")
            if measure.text(part, words.lang)
        ]
    return lines


def _exactness(published: Published, words: Words) -> list[str]:
    withheld = () if published.edition.internal else ("withheld", "band")
    lines = [words.t(f"files.said.{state}") for state in ("shown", *withheld, "unknown")]
    if published.edition.internal:
        return lines
    if any(column.role is Role.COUNT for column in published.columns) or _deviating(published):
        lines.append(words.t("files.deviates"))
    return [*lines, *([words.t("files.precision")] if _deviating(published) else [])]


def deviates(published: Published) -> bool:
    """Whether any figure of it deviates: a count of people, goals or consultations, or what follows."""
    counted = any(column.role is Role.COUNT for column in published.columns)
    return not published.edition.internal and (counted or _deviating(published))


def _deviating(published: Published) -> bool:
    return any(isinstance(cell, Ratio) and cell.deviates for row in published.rows for cell in row)


def _source(figure: Figure) -> list[str]:
    words, published = figure.words, figure.published
    return [
        source(published, words),
        words.t("files.licence", url=LICENCE),
        words.t("files.to_cite", text=cited(figure)),
    ]


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
