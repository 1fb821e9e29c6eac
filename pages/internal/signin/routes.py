"""The routes of the sign-in: the form, what comes of it, and the invitation by which an account begins."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data import publish
from data.access import accounts, audit, passwords, sessions, subjects
from data.foundation import settings
from data.foundation.settings import Settings
from pages.internal.signin import entry, forms, proxy
from pages.menu import INVITATION, LEGAL, OWN_ORIGIN, SIGN_IN

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_BODY = 8_192
# A flood of sign-ins must leave threads and processor to those who are in.
AT_ONCE, MOST_WAITING = passwords.AT_ONCE, 8
_BUSY_SECONDS = "30"
_turns: CapacityLimiter | None = None
_waiting = 0


class _TooManyError(Exception):
    pass


async def sign_in(request: Request) -> Response:
    """`GET`: the form. `POST`: name, password and code; a session, or the form with what is wrong."""
    lang, onward = forms.language(request.query_params), entry.onward(request.query_params.get("weiter", ""))
    if request.method != "POST":
        if settings.from_environment().proxy_header:
            return await _named_by_proxy(request, lang, onward)
        return entry.page(forms.sign_in(lang, onward, names=await _demonstrations()))
    if not _is_own(request) or (given := await _fields(request)) is None:
        return entry.page(forms.sign_in(lang, onward, "foreign"), 400)
    if "demonstration" in given:
        return await _demonstration(request, given["demonstration"], onward)
    chosen, name = settings.from_environment(), given.get("name", "")[:80].strip()
    if not chosen.own_form:
        await entry.noted(request, name, by="form", result=audit.REFUSED)
        return entry.page(forms.sign_in(lang, onward, "closed"), 403)
    try:
        token = await _in_turn(
            sessions.begin, chosen, name, given.get("password", ""), given.get("code", "")[:40]
        )
    except (_TooManyError, passwords.BusyError):
        await entry.slowed(request, "", "busy")
        return entry.page(forms.sign_in(lang, onward, "busy"), 503, {"Retry-After": _BUSY_SECONDS})
    except sessions.SlowedError as error:
        await entry.slowed(request, name, "slowed")
        page = forms.sign_in(lang, onward, "slowed", seconds=error.seconds)
        return entry.page(page, 429, {"Retry-After": str(error.seconds)})
    except sessions.RefusedError:
        await entry.noted(request, name, result=audit.REFUSED)
        return entry.page(forms.sign_in(lang, onward, "refused"), 401)
    await entry.noted(request, name)
    return entry.let_in(token, onward, chosen)


async def _named_by_proxy(request: Request, lang: str, onward: str) -> Response:
    """Whoever comes by a proxy that knows them is let in; the form is for who it doesn't know."""
    chosen = settings.from_environment()
    try:
        who = proxy.named(chosen, request.scope)
        if who is None:
            raise proxy.UnclearError
        token, name = await to_thread.run_sync(subjects.begin, chosen, who)
    except proxy.UnclearError:
        return entry.page(forms.sign_in(lang, onward, "unclear"), 401)
    except subjects.StrangerError as error:
        await entry.noted(request, "", by=f"proxy: {error.identity.subject[:80]}", result=audit.REFUSED)
        return entry.page(forms.stranger(lang, error.identity), 403)
    except subjects.LockedOutError:
        await entry.noted(request, "", by="proxy", result=audit.REFUSED)
        return entry.page(forms.sign_in(lang, onward, "locked"), 403)
    await entry.noted(request, name, by="proxy")
    return entry.let_in(token, onward, chosen)


async def _demonstration(request: Request, name: str, onward: str) -> Response:
    """A click instead of a password, before made-up figures on this machine; nowhere else."""
    chosen = settings.from_environment()
    if name not in accounts.DEMONSTRATIONS or not await to_thread.run_sync(publish.demonstrates):
        return PlainTextResponse("Forbidden", status_code=403)
    token = await to_thread.run_sync(accounts.demonstration, chosen, name)
    await entry.noted(request, name)
    return entry.let_in(token, onward, chosen)


async def invitation(request: Request) -> Response:
    """`GET`: choose a password and take over the second factor. `POST`: the account is ready."""
    lang, chosen = forms.language(request.query_params), settings.from_environment()
    token = request.path_params["token"]
    try:
        found = await to_thread.run_sync(accounts.invited, chosen, token)
    except accounts.InvitationOverError:
        return entry.page(forms.over(lang), 410)
    if request.method != "POST":
        return entry.page(forms.invitation(lang, found))
    if not _is_own(request) or (given := await _fields(request)) is None:
        return entry.page(forms.invitation(lang, found, "foreign"), 400)
    if given.get("password") != given.get("again"):
        return entry.page(forms.invitation(lang, found, "differ"), 400)
    try:
        codes = await _in_turn(
            accounts.follow, chosen, token, given.get("password", ""), given.get("code", "")
        )
    except passwords.WeakPasswordError as error:
        return entry.page(forms.invitation(lang, found, error.reason), 400)
    except accounts.WrongCodeError:
        return entry.page(forms.invitation(lang, found, "code"), 400)
    except accounts.InvitationOverError:
        return entry.page(forms.over(lang), 410)
    except (_TooManyError, passwords.BusyError):
        return entry.page(forms.invitation(lang, found, "busy"), 503, {"Retry-After": _BUSY_SECONDS})
    await entry.noted(request, found.name, action="account: ready")
    return entry.page(forms.ready(lang, codes))


async def legal(request: Request) -> Response:
    """What an installation says of itself: to be read before anybody signs in."""
    lang = forms.language(request.query_params)
    return entry.page(forms.legal(lang, request.url.path.rsplit("/", 1)[1]))


def every(chosen: Settings, address: str) -> list[Route]:
    """All routes of the sign-in, of a server that listens on this address. Raises DoorError for a door that
    is half set, or open to others than it is meant for.
    """
    proxy.check(chosen, address)
    own = [
        Route(SIGN_IN, sign_in, methods=["GET", "POST"]),
        Route(INVITATION + "{token}", invitation, methods=["GET", "POST"]),
        *(Route(f"{SIGN_IN}/{path}", legal, methods=["GET"]) for path in LEGAL.values()),
    ]
    if not chosen.open_id:
        return own
    # Read where it is needed alone: it brings a client for HTTP, and cryptography.
    from pages.internal.signin.openid import Door

    return own + Door(chosen, chosen.open_id).routes()


async def _demonstrations() -> tuple[str, ...]:
    return tuple(accounts.DEMONSTRATIONS) if await to_thread.run_sync(publish.demonstrates) else ()


def _is_own(request: Request) -> bool:
    """Whether a form of ours sent this: browsers name the origin of whatever is posted, and
    `pages/server/reached.py` has looked at it.
    """
    return bool(request.scope.get(OWN_ORIGIN))


async def _fields(request: Request) -> dict[str, str] | None:
    """What was typed; None for more than a form of ours sends."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    return {name: values[0] for name, values in found.items()}


async def _in_turn(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Look at a password in a thread; raises _TooManyError where too many wait already."""
    global _turns, _waiting
    if _turns is None:
        _turns = CapacityLimiter(AT_ONCE)
    if _waiting >= MOST_WAITING:
        raise _TooManyError
    _waiting += 1
    try:
        return await to_thread.run_sync(lambda: work(*args, **kwargs), limiter=_turns)
    finally:
        _waiting -= 1
