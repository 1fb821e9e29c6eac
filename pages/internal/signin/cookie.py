"""The cookie of a session: a random token and nothing else, for this host alone, out of reach of scripts."""

from starlette.responses import Response

from pages.reading.reader import cookie as name


def put(answer: Response, token: str, *, secure: bool) -> None:
    """Give it to the browser. It ends with the browser; the session ends when the store says so."""
    answer.set_cookie(
        name(secure=secure), token, path="/", secure=secure, httponly=True, samesite="lax"
    )  # without a domain: no other host of this name gets it


def drop(answer: Response, *, secure: bool) -> None:
    """Take it back."""
    answer.delete_cookie(name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
