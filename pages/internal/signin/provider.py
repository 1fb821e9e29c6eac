"""The identity provider of the house: what it says of itself, and of somebody who comes back from it.

The protocol is Authlib's. It is handed no more of what the provider says than is named here, and what it
leaves to its caller is asked here: that the token is for this program, by whom, and signed by a key that is
no shared secret.
"""

import asyncio
import ssl
import time
from collections.abc import Mapping
from typing import Any

import httpx2
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from starlette.requests import Request

from data.access.subjects import Identity
from data.foundation.connections import OpenId, is_safe
from data.foundation.errors import DashboardError

SECONDS = 10.0
KEPT_SECONDS = 3600  # what a provider says of itself
SILENT_SECONDS = 5  # so long it is not asked again after it gave no answer
LEEWAY_SECONDS = 60  # by which clocks may differ
LARGEST_BYTES = 1_000_000
WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
FURTHER = ("userinfo_endpoint", "end_session_endpoint")
# Signatures by a key that the provider alone has.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
BY_BODY = "client_secret_post"


class ProviderError(DashboardError):
    """The provider says something that can't be believed, or nothing."""

    exit_code = 2


class Provider:
    """Asks the provider that the settings name; keeps for an hour what it says of itself."""

    def __init__(self, chosen: OpenId) -> None:
        """Raises DoorError where the secret or the certificates can't be read."""
        self.chosen = chosen
        self._secret = chosen.secret()
        self._trusted = _trusted(chosen)
        self._known: tuple[float, dict[str, Any]] | None = None
        self._silent: tuple[float, str] = (0.0, "")
        self._asking = asyncio.Lock()

    async def away(self, request: Request, back: str) -> tuple[str, dict[str, Any]]:
        """The address that leads to the provider, and what has to be known when somebody comes back.

        Raises ProviderError.
        """
        client, own = await self._client(), _with_session(request, {})
        answer = await client.authorize_redirect(own, back)
        return answer.headers["location"], own.scope["session"]

    async def identity(self, request: Request, begun: dict[str, Any]) -> tuple[Identity, str]:
        """Who comes back, by a signed token that was made for this program and this sign-in; and that token.

        Raises whatever is wrong, of Authlib, joserfc and httpx2 too: nobody is let in then.
        """
        client, known = await self._client(), await self._metadata()
        if (issuer := request.query_params.get("iss")) not in (None, known["issuer"]):
            raise ProviderError(f"the answer is of {issuer!r}")
        token = await client.authorize_access_token(
            _with_session(request, begun),
            leeway=LEEWAY_SECONDS,
            claims_options={
                "iss": {"essential": True, "value": known["issuer"]},
                "aud": {"essential": True, "value": self.chosen.client_id},
            },
        )
        claims = token.get("userinfo")
        if not claims:
            raise ProviderError("there is no signed token in the answer")
        subject = claims.get(self.chosen.subject)
        if not isinstance(subject, str) or not subject:
            raise ProviderError(f"the token has no {self.chosen.subject}")
        groups = groups_of(claims, self.chosen.groups)
        if groups is None and known.get("userinfo_endpoint"):
            groups = groups_of(await self._further(client, token, claims["sub"]), self.chosen.groups)
        called = next((claims[key] for key in ("preferred_username", "upn", "name") if claims.get(key)), "")
        who = Identity(known["issuer"], subject, str(called), groups or frozenset())
        return who, str(token["id_token"])

    async def end(self, back: str, signed: str = "") -> str | None:
        """The address at which somebody signs out of the provider too; None where it has none.

        `signed` is the token by which they came: some providers (ADFS) lead nobody back without it, and
        others ask once more.
        """
        client, known = await self._client(), await self._metadata()
        if not known.get("end_session_endpoint"):
            return None
        ended = await client.create_logout_url(
            post_logout_redirect_uri=back, id_token_hint=signed or None, client_id=self.chosen.client_id
        )
        return str(ended["url"])

    async def _further(self, client: StarletteOAuth2App, token: Any, subject: str) -> Mapping[str, Any]:
        """What is told by the provider's second address alone. It has to be of the same person."""
        found: Mapping[str, Any] = await client.userinfo(token=token)
        if found.get("sub") != subject:
            raise ProviderError("its userinfo is of somebody else")
        return found

    async def _client(self) -> StarletteOAuth2App:
        """A client of Authlib that knows what the provider says of itself, and nothing else."""
        known = await self._metadata()
        return OAuth().register(
            "house",
            client_id=self.chosen.client_id,
            client_secret=self._secret,
            client_kwargs={
                "scope": self.chosen.scopes,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": known["client_auth"],
                "timeout": SECONDS,
                "verify": self._trusted,
            },
            **{name: value for name, value in known.items() if name != "client_auth"},
        )

    async def _metadata(self) -> dict[str, Any]:
        async with self._asking:
            if self._known is None or time.monotonic() - self._known[0] > KEPT_SECONDS:
                # Who waits for a provider that does not answer does not wait for those before too.
                if time.monotonic() < self._silent[0]:
                    raise ProviderError(self._silent[1])
                try:
                    self._known = time.monotonic(), await self._asked()
                except ProviderError as error:
                    self._silent = time.monotonic() + SILENT_SECONDS, str(error)
                    raise
            return self._known[1]

    async def _asked(self) -> dict[str, Any]:
        address = self.chosen.issuer.rstrip("/") + WELL_KNOWN
        try:
            async with httpx2.AsyncClient(verify=self._trusted, timeout=SECONDS) as http:
                answer = await http.get(address)
            said = answer.raise_for_status().json() if len(answer.content) < LARGEST_BYTES else None
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderError(f"{address} gives no answer that can be read: {error}") from error
        if not isinstance(said, dict):
            raise ProviderError(f"{address} gives no answer that can be read")
        return self._believed(said)

    def _believed(self, said: Mapping[str, Any]) -> dict[str, Any]:
        issuer = said.get("issuer")
        if not isinstance(issuer, str) or issuer.rstrip("/") != self.chosen.issuer.rstrip("/"):
            raise ProviderError(f"{self.chosen.issuer} says that it is {issuer!r}")
        found: dict[str, Any] = {"issuer": issuer}
        for name in (*NEEDED, *FURTHER):
            address = said.get(name)
            if address is None and name in FURTHER:
                continue
            if not isinstance(address, str) or not is_safe(address, query=True):
                raise ProviderError(f"{self.chosen.issuer}: its {name} is {address!r}")
            found[name] = address
        signed = [each for each in said.get("id_token_signing_alg_values_supported", []) if each in SIGNED_BY]
        if not signed:
            raise ProviderError(f"{self.chosen.issuer} signs by none of {', '.join(SIGNED_BY)}")
        found["id_token_signing_alg_values_supported"] = signed
        ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        found["client_auth"] = BY_BODY if "client_secret_basic" not in ways else "client_secret_basic"
        return found


def _trusted(chosen: OpenId) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context()
        if chosen.ca_file:
            context.load_verify_locations(chosen.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ProviderError(
            f"DASHBOARD_OIDC_CA_FILE: {chosen.ca_file} has no certificates: {error}"
        ) from None
    return context


def _with_session(request: Request, session: dict[str, Any]) -> Request:
    """The same request with what Authlib keeps of a sign-in: none of it goes into a cookie."""
    return Request({**request.scope, "session": session})


def groups_of(claims: Mapping[str, Any], where: str) -> frozenset[str] | None:
    """The groups at this place of what was said; None if it says nothing of them."""
    if not where:
        return frozenset()
    found: Any = claims.get(where)
    if found is None:
        found = claims
        for part in where.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if found is None:
        return None
    every = found if isinstance(found, list) else [found]
    return frozenset(each for each in every if isinstance(each, str))
