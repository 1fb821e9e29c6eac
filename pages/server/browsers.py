"""What keeps a browser to this host, and pages of other hosts away from it."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.lasting import beginning

# Streamlit's index.html has one inline script (`window.prerenderReady = false`), we have one (`beginning`);
# and it loads the scripts of components from blobs.
SCRIPTS = f"'self' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA=' {beginning.allowed()}"
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'self'; script-src {SCRIPTS}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


# Where readers come by TLS, browsers come by nothing else for a year.
BY_TLS = {"Strict-Transport-Security": "max-age=31536000"}


class Headers:
    """Puts `HEADERS` on every answer; `secure` where readers come by TLS, for each cookie too."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self.app = app
        self.secure = secure
        self.headers = HEADERS | BY_TLS if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers when the answer starts."""

        async def start(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                # A page for the pages of others says itself what it may, and that is less.
                policy = own.get("content-security-policy", "") if "/einbetten/" in scope["path"] else ""
                own.update(self.headers)
                if policy:
                    own["Content-Security-Policy"] = policy
                if self.secure:
                    # Streamlit knows nothing of a proxy's TLS, and sets its cookies without.
                    message["headers"] = [_secured(*each) for each in message["headers"]]
            await send(message)

        await self.app(scope, receive, start)


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header as it is, but a cookie goes by TLS alone."""
    plain = name.lower() == b"set-cookie" and b"secure" not in value.lower().replace(b" ", b"").split(b";")
    return name, value + b"; Secure" if plain else value


UPLOADS = "/_stcore/upload_file"
# What Streamlit says of itself to whoever asks: memory and sessions; a door for programs that is shut; a
# sign-in and a folder of files that nobody here uses.
OF_ITSELF = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/auth/",
    "/oauth2callback",
    "/app/static",
)


class Closed:
    """Says of these paths, and of all below them, that there is nothing."""

    def __init__(self, app: ASGIApp, paths: tuple[str, ...]) -> None:
        self.app, self.paths = app, paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say that there is nothing."""
        if scope["type"] == "http" and scope["path"].startswith(self.paths):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)
