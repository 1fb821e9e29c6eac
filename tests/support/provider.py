"""An identity provider on a socket of this machine, small and real: it signs with a key of its own, gives a
code once, and wants the verifier that belongs to its challenge. A test says what it does wrong.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "dashboard", "a-secret-of-thirty-two-characters"


class Provider:
    """One provider. `claims` and `further` (userinfo) are what it says of whoever comes; the others make it
    wrong: what stands over a claim of the token, how it is signed, what it says of itself.
    """

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key = ECKey.generate_key("P-256", {"kid": "1"})
        self.be_right()

    def be_right(self) -> None:
        """As a provider should be, for a new test."""
        self.claims: dict[str, Any] = {"sub": "248289761001", "preferred_username": "ada"}
        self.further: dict[str, Any] = {"sub": "248289761001"}
        self.over: dict[str, Any] = {}
        self.itself: dict[str, Any] = {}
        self.signing: tuple[dict[str, str], Any] = ({"alg": "ES256", "kid": "1"}, self.key)
        self.codes: dict[str, dict[str, str]] = {}
        self.without_token = False
        self.asked: list[str] = []

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/end",
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        } | self.itself

    def authorize(self, asked: Mapping[str, str]) -> str:
        """Everybody is signed in here: back at once, with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = dict(asked)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: Mapping[str, str], authorization: str) -> dict[str, Any] | None:
        """What a code is good for, once; None for a wrong one."""
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or authorization != f"Basic {known}":
            return None
        hashed = hashlib.sha256(given["code_verifier"].encode()).digest()
        if _text(hashed) != asked["code_challenge"]:
            return None
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {k: v for k, v in (told | self.claims | self.over).items() if v is not None}
        header, key = self.signing
        answer = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300}
        if self.without_token:
            return answer
        return answer | {"id_token": _signed(header, claims, key)}


def _signed(header: dict[str, str], claims: dict[str, Any], key: Any) -> str:
    """By hand where it is no signature that a library would make."""
    if header["alg"] == "ES256":
        return jwt.encode(header, claims, key)
    begun = ".".join(_text(json.dumps(each).encode()) for each in (header, claims))
    made = hmac.digest(key, begun.encode(), "sha256") if header["alg"] == "HS256" else b""
    return f"{begun}.{_text(made)}"


def _text(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        split, provider = urlsplit(self.path), self.server.provider
        provider.asked.append(split.path)
        if split.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(split.query).items()}
            return self._said(302, {}, provider.authorize(asked))
        said = {
            "/.well-known/openid-configuration": provider.metadata(),
            "/keys": {"keys": [provider.key.as_dict(private=False)]},
            "/userinfo": provider.further,
        }.get(split.path)
        return self._said(200 if said else 404, said or {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        said = self.server.provider.token(given, self.headers.get("authorization", ""))
        self._said(200 if said else 400, said or {"error": "invalid_grant"})

    def _said(self, status: int, body: Mapping[str, Any], location: str = "") -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Nothing: tests read what was answered."""


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
