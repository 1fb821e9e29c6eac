"""The cookies of a session and of a sign-in under way: a random token and nothing else, for this host alone,
out of reach of scripts.
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.responses import Response

from data.foundation.settings import Settings
from pages.reading.reader import SESSION
from pages.reading.reader import cookie as name

BEGUN = "signin"


def put(
    answer: Response, token: str, chosen: Settings, of: str = SESSION, seconds: int | None = None
) -> None:
    """Give it to the browser. It ends with the browser, or after so many seconds; the session ends when the
    store says so.
    """
    answer.set_cookie(
        name(chosen, of),
        token,
        max_age=seconds,
        path="/",
        secure=chosen.secure,
        httponly=True,
        samesite="lax",
    )  # without a domain: no other host of this name gets it


def drop(answer: Response, chosen: Settings, of: str = SESSION) -> None:
    """Take it back."""
    answer.delete_cookie(name(chosen, of), path="/", secure=chosen.secure, httponly=True, samesite="lax")


def held(headers: Mapping[str, str], chosen: Settings, of: str = SESSION) -> str:
    """What the browser says it holds; empty if nothing."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name(chosen, of))
    except CookieError:
        return ""
    return found.value if found else ""
