"""Signing in at the identity provider of the house: the way there, the way back, and the way out of it.

What has to be known on the way back is kept here under a random name, which the browser holds for ten
minutes; it is good once. So nobody comes back with a code that another browser was given. The token by which
somebody came is kept in the memory of this process alone, for the way out.
"""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.access import accessfile, audit, sessions, subjects
from data.foundation.connections import OpenId
from data.foundation.settings import Settings
from pages.internal.signin import cookie, entry, forms
from pages.internal.signin.provider import Provider, ProviderError
from pages.menu import OPEN_ID, OPEN_ID_BACK, OPEN_ID_END, SIGN_IN

SECONDS = 600
MOST = 10_000  # sign-ins that are under way: who begins many must not fill the memory
MOST_SIGNED = 1_000  # people of one house; who came before them is asked once more when they leave
LONGEST = 8_000
BY = "openid"


@dataclass(frozen=True)
class Begun:
    """A sign-in that is under way: until when, and what Authlib needs on the way back."""

    until: float
    kept: dict[str, Any]
    onward: str
    lang: str


class Door:
    """The routes of the provider that these settings name."""

    def __init__(self, chosen: Settings, named: OpenId) -> None:
        """Raises DoorError, ProviderError: without its secret nothing is served."""
        self.chosen, self.provider = chosen, Provider(named)
        self._begun: OrderedDict[str, Begun] = OrderedDict()
        self._signed: OrderedDict[str, str] = OrderedDict()

    def routes(self) -> list[Route]:
        """What leads there, back, and out."""
        return [
            Route(OPEN_ID, self.away, methods=["GET"]),
            Route(OPEN_ID_BACK, self.back, methods=["GET"]),
            Route(OPEN_ID_END, self.end, methods=["GET"]),
        ]

    async def away(self, request: Request) -> Response:
        """To the provider."""
        lang, wanted = forms.language(request.query_params), request.query_params.get("weiter", "")
        try:
            address, kept = await self.provider.away(request, self.chosen.at(OPEN_ID_BACK))
        except ProviderError as error:
            return self._wrong(lang, "unreachable", error, 503)
        token = self._keep(Begun(time.monotonic() + SECONDS, kept, entry.onward(wanted), lang))
        answer = RedirectResponse(address, status_code=303, headers=forms.HEADERS)
        cookie.put(answer, token, self.chosen, cookie.BEGUN, SECONDS)
        return answer

    async def back(self, request: Request) -> Response:
        """From the provider: a session, or a page that says why there is none."""
        held = cookie.held(request.headers, self.chosen, cookie.BEGUN)
        begun = self._begun.pop(accessfile.hashed(held), None)
        if begun is None or begun.until < time.monotonic():
            return self._wrong(forms.language(request.query_params), "over", None, 400)
        answer = await self._entered(request, begun)
        cookie.drop(answer, self.chosen, cookie.BEGUN)
        return answer

    async def end(self, request: Request) -> Response:
        """Out of the provider too, for who has signed out here; back to the first page of the sign-in.

        While a session is open its token stays here: a link on a foreign page would sign out whoever follows.
        """
        held = cookie.held(request.headers, self.chosen)
        is_open = await to_thread.run_sync(partial(sessions.of, self.chosen, held, used=False))
        signed = "" if is_open else self._signed.pop(accessfile.hashed(held), "")
        try:
            address = await self.provider.end(self.chosen.at(SIGN_IN), signed)
        except ProviderError as error:
            return self._wrong(forms.language(request.query_params), "unreachable", error, 503)
        return RedirectResponse(address or self.chosen.at(SIGN_IN), status_code=303, headers=forms.HEADERS)

    async def _entered(self, request: Request, begun: Begun) -> Response:
        lang = begun.lang
        if len(request.scope["query_string"]) > LONGEST:
            return self._wrong(lang, "refused", None, 400)
        if request.query_params.get("error"):
            await entry.noted(request, "", by=BY, result=audit.REFUSED)
            return self._wrong(lang, "declined", None, 403)
        try:
            who, signed = await self.provider.identity(request, begun.kept)
        except Exception as error:  # whatever went wrong between two servers: nobody is let in
            await entry.noted(request, "", by=BY, result=audit.REFUSED)
            return self._wrong(lang, "refused", error, 401)
        try:
            token, name = await to_thread.run_sync(subjects.begin, self.chosen, who)
        except subjects.StrangerError:
            await entry.noted(request, "", by=f"{BY}: {who.subject[:80]}", result=audit.REFUSED)
            return entry.page(forms.stranger(lang, who), 403)
        except subjects.LockedOutError:
            await entry.noted(request, "", by=f"{BY}: {who.subject[:80]}", result=audit.REFUSED)
            return self._wrong(lang, "locked", None, 403)
        self._signed[accessfile.hashed(token)] = signed
        while len(self._signed) > MOST_SIGNED:
            self._signed.popitem(last=False)
        await entry.noted(request, name, by=BY)
        return entry.let_in(token, begun.onward, self.chosen)

    def _keep(self, begun: Begun) -> str:
        token = accessfile.token()
        self._begun[accessfile.hashed(token)] = begun
        now = time.monotonic()
        while len(self._begun) > MOST or next(iter(self._begun.values())).until < now:
            self._begun.popitem(last=False)
        return token

    def _wrong(self, lang: str, key: str, why: Exception | None, status: int) -> Response:
        """A page that says what to do; the reason, which may have come from outside, goes into the log."""
        reference = secrets.token_hex(3).upper()
        if why is not None:
            forms.LOG.warning(
                "reference %s: no sign-in: %s: %r", reference, type(why).__name__, str(why)[:500]
            )
        return entry.page(forms.not_signed_in(lang, key, reference), status)
