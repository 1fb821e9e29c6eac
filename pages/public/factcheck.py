"""Zahl prüfen: a sentence beside what is published. It is not kept, and nothing of it leaves this server."""

from collections.abc import Sequence

import streamlit as st

from data.disclosure.published import Gap
from data.foundation import areas, periods
from pages.checked import compared, understood
from pages.checked.compared import Checked, Verdict
from pages.checked.understood import LONGEST, MEASURE, NUMBER, PERIOD, PLACE, Question
from pages.figures import downloads, show
from pages.files import addresses, description
from pages.reading import filters, language, released
from pages.text.words import plain

KINDS = (MEASURE, NUMBER, PLACE, PERIOD)
BOXES = {
    Verdict.AGREES: st.success,
    Verdict.ROUNDED: st.success,
    Verdict.BOUNDS: st.warning,
    Verdict.DIFFERS: st.error,
    Verdict.WITHHELD: st.info,
    Verdict.UNKNOWN: st.info,
    Verdict.LITERAL: st.success,
    Verdict.UNREAD: st.warning,
    Verdict.RANK: st.error,
    Verdict.TIED: st.warning,
    Verdict.PLACE: st.warning,
    Verdict.ASKED: st.info,
}
words = language.words()
t = words.t


def question(asked: Question, at: int) -> None:
    """What the sentence leaves open, and a box to choose it in."""
    st.info(t(f"factcheck.asks.{asked.kind}{'' if asked.options else '_none'}"))
    if asked.options:
        st.selectbox(
            t(f"factcheck.choose.{asked.kind}"),
            asked.options,
            index=None,
            key=f"claim_{asked.kind}_{at}",
            format_func=lambda code: named(asked.kind, code),
            placeholder=t("factcheck.choose.placeholder"),
        )


def named(kind: str, code: str) -> str:
    """An option as it is read."""
    if kind == MEASURE:
        return words.label(code)
    if kind == PLACE:
        label = words.area(code)
        return f"{label} ({words.category(areas.level(code), 'level')})"
    return words.period(code) if kind == PERIOD else code


def quoted(text: str) -> str:
    """Between the marks of the language."""
    return f"„{text}“" if words.lang == "de" else f"“{text}”"


def answer(found: Checked) -> None:
    """What is published, whether the sentence agrees, since when, and how it would be right."""
    number, read, figure = found.value(words), found.read, found.found.figure
    what = [words.label(read.measure.column), words.area(figure.chosen.area_code)]
    when = found.found.period
    about = ", ".join([*what, words.period(when) if periods.read(when) else when.replace("-", "–")])
    assumed = read.assumed
    if figure.key == compared.PUBLISHED:
        stage = words.place_or_category(str(found.found.published.column("stage")[0]), "stage")
        about = ", ".join([stage, words.area(read.place), when])
        assumed = tuple(kind for kind in assumed if kind != PERIOD)
    told = "empty" if isinstance(found.found.cell, Gap) else "shown"
    left = plain(words.listed([quoted(each) for each in found.unread]))
    place = plain(words.area(found.other or read.place))
    BOXES[found.verdict](t(f"factcheck.verdict.{found.verdict.value}", words=left, place=place))
    if found.verdict is not Verdict.LITERAL:
        st.markdown(t(f"factcheck.published.{told}", about=plain(about), value=plain(number)))
    if assumed:
        kinds = words.listed([t(f"factcheck.assumed.{kind}") for kind in assumed])
        st.caption(t("factcheck.assumed.said", what=plain(kinds)))
    if found.since and told == "shown":
        since = {"release": plain(found.since.name), "date": words.date(released.day(found.since))}
        st.caption(t("factcheck.since", **since))
    if found.was:
        was = {"release": plain(found.was.name), "date": words.date(released.day(found.was))}
        st.markdown(t("factcheck.was", **was))
    if told == "empty":
        return
    taken = figure.taken(words)
    if found.is_judged:
        st.caption(t(f"factcheck.right.{'same' if found.agrees else 'other'}"))
        # One button takes it over, with its source and its code.
        st.code(f"{found.right()}\n{description.sourced(taken)}", language=None, wrap_lines=True)
    if figure.code:
        address = f"{addresses.CITES}{figure.code}?lang={words.lang}"
        st.html(downloads.link(figure.code, address, t("cites.open")))


def answers(every: Sequence[understood.Read | Question]) -> None:
    """Each sentence with what there is to say of it."""
    for at, each in enumerate(every):
        with st.container(key=f"checked_{at}", border=True):
            st.markdown(quoted(plain(each.text)))
            if isinstance(each, Question):
                question(each, at)
            else:
                answer(compared.check(each, words))


def given() -> dict[str, str]:
    """What was chosen in answer to a question, the last one of a kind."""
    boxes = [
        (kind, st.session_state.get(f"claim_{kind}_{at}")) for kind in KINDS for at in range(understood.MOST)
    ]
    return {kind: str(code) for kind, code in boxes if code}


show.message(t("factcheck.message"))
st.markdown(t("factcheck.text"))
text = st.text_area(
    t("factcheck.label"), key="claim", max_chars=LONGEST, placeholder=t("factcheck.placeholder"), height=120
)
st.button(t("factcheck.check"), key="check_claim", type="primary")
if text.strip():
    answers(understood.read(text, words.lang, filters.chosen(), given()))
