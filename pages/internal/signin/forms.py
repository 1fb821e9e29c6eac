"""The pages of the sign-in as HTML: no script, nothing from elsewhere, every text from outside escaped."""

import io
import logging
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data.access import passwords, second_factor
from data.access.accounts import Invited
from data.access.subjects import PROXY, Identity
from data.foundation import settings
from data.foundation.languages import DEFAULT
from pages.menu import LEGAL, OPEN_ID, SIGN_IN
from pages.text.legal import statements
from pages.text.words import Words, of, spoken

LOG = logging.getLogger("dashboard")
# What is typed here, and the codes that are shown once, stay in no cache.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
# The address of each legal page, and the name of its entry in the menu.
_MENU = {path: file.split("/")[1] for file, path in LEGAL.items()}
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


def language(asked: Mapping[str, str]) -> str:
    """The language that the address names, if the house speaks it."""
    lang = asked.get("lang", DEFAULT)
    return lang if lang in spoken() else DEFAULT


def sign_in(lang: str, onward: str, wrong: str = "", *, seconds: int = 0, names: Sequence[str] = ()) -> str:
    """The form. `wrong` is the key of what the last try was; `names` are accounts that a click opens."""
    words = of(lang)
    said = words.t(f"signin.wrong.{wrong}", seconds=words.number(seconds)) if wrong else ""
    chosen = settings.from_environment()
    provider = chosen.open_id
    house = (provider.name or words.t("signin.openid.house")) if provider else ""
    doors = {"names": names, "house": house, "open_id": OPEN_ID, "form": chosen.own_form}
    return _page("signin.html", words, onward=onward, wrong=said, **doors)


def invitation(lang: str, invited: Invited, wrong: str = "") -> str:
    """Choose a password, take over the second factor: as a picture, and as text for who can't take one."""
    words = of(lang)
    return _page(
        "invitation.html",
        words,
        name=invited.name,
        picture=_picture(second_factor.address(invited.secret, invited.name)),
        secret=" ".join(invited.secret[at : at + 4] for at in range(0, len(invited.secret), 4)),
        shortest=passwords.SHORTEST,
        wrong=words.t(f"signin.wrong.{wrong}", shortest=passwords.SHORTEST) if wrong else "",
    )


def ready(lang: str, codes: Sequence[str]) -> str:
    """The recovery codes, which nobody will see again."""
    return _page("ready.html", of(lang), codes=codes)


def over(lang: str) -> str:
    """An invitation that leads nowhere any more."""
    return _page("over.html", of(lang))


def legal(lang: str, name: str) -> str:
    """Imprint, privacy or accessibility, for whoever is not signed in (yet)."""
    words, found = of(lang), statements.statement(name, lang)
    heading = words.t(f"frame.menu.{_MENU[name]}")
    html = Markup(found.html)  # noqa: S704 - made harmless where it was read
    return _page("legal.html", words, heading=heading, html=html, spoken=found.lang)


def stranger(lang: str, who: Identity) -> str:
    """Somebody who is known outside and not here: what whoever administers the accounts has to do."""
    given = "--proxy-user" if who.issuer == PROXY else "--subject"
    command = f"python -m data account add NAME {given} {shlex.quote(who.subject)}"
    return _page("stranger.html", of(lang), subject=who.subject, issuer=who.issuer, command=command)


def not_signed_in(lang: str, key: str, reference: str) -> str:
    """Why the provider's answer opened nothing. `key` is below `signin.not_in`."""
    words = of(lang)
    return _page("notin.html", words, said=words.t(f"signin.not_in.{key}"), reference=reference)


def _page(template: str, words: Words, **values: object) -> str:
    base = settings.from_environment().base
    statements_of = {path: words.t(f"frame.menu.{page}") for path, page in _MENU.items()}
    others = {lang: of(lang).name for lang in spoken() if lang != words.lang}
    return _TEMPLATES.get_template(template).render(
        t=words.t,
        dashboard=words.heading,
        lang=words.lang,
        others=others,
        base=base,
        address=base + SIGN_IN,
        legal=statements_of,
        **values,
    )


def _picture(address: str) -> Markup:
    """The address as a QR code, drawn in the page."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=5, border=2, xmldecl=False, svgns=True)
    return Markup(drawn.getvalue().decode())  # noqa: S704 - of our own making
