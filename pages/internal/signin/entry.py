"""What every door does once it knows who somebody is: the cookie of the session, the way on, the log."""

from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from data.access import accounts, audit
from data.foundation import settings
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from pages.internal.signin import cookie, forms
from pages.menu import INTERNAL, MENU


def page(html: str, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    """A page of the sign-in, which no cache keeps."""
    return HTMLResponse(html, status, forms.HEADERS | (headers or {}))


def onward(wanted: str) -> str:
    """Where somebody wanted to go, if that is a page of ours; nothing from outside leads elsewhere."""
    try:
        split = urlsplit(wanted)
    except ValueError:
        return "/"
    own = split.path.strip("/") in {*MENU.values(), *INTERNAL.values()}
    if split.scheme or split.netloc or not own or not wanted.startswith("/"):
        return "/"
    return f"/{split.path.strip('/')}" + (f"?{split.query}" if split.query else "")


def let_in(token: str, wanted: str, chosen: Settings) -> Response:
    """The cookie of a new session, and on to where somebody wanted to go."""
    answer = RedirectResponse(onward(wanted), status_code=303, headers=forms.HEADERS)
    cookie.put(answer, token, chosen)
    return answer


async def noted(
    request: Request, name: str, action: str = "sign in", *, by: str = "", result: str = audit.DONE
) -> None:
    """Into the log; `by` says by which door. A name that is none of ours stays out: it may be a password in
    the wrong field.
    """
    address, chosen = request.client.host if request.client else "", settings.from_environment()

    def write() -> None:
        who = name if name and accounts.known(chosen, name) else ""
        audit.note(chosen, who, action, by, address=address, result=result)

    try:
        await to_thread.run_sync(write)
    except DashboardError as error:
        forms.LOG.error("the audit log can't be written: %s", error)
        raise


async def slowed(request: Request, name: str, why: str) -> None:
    """Into the log, that a try was made to wait: for each account once a minute, and once for all names that
    are none of ours, so that a flood of tries is no flood of entries.
    """
    address, chosen = request.client.host if request.client else "", settings.from_environment()

    def write() -> None:
        who = name if name and accounts.known(chosen, name) else ""
        audit.refused(chosen, who, f"sign in: {why}", address)

    await to_thread.run_sync(write)
