"""The examples for nginx and Apache as they are in `packaging/`, running on ports of this machine with a
certificate made for them.
"""

import datetime
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).parents[2]
PUBLIC, INSIDE = "daten.im.example", "amt.im.example"
# What Debian's own configuration says round a site.
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/log; {user}
events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/site;
}}
"""
MODULES = ("mpm_event", "authz_core", "ssl", "socache_shmcb", "proxy", "proxy_http", "proxy_balancer")
MODULES += ("lbmethod_byrequests", "slotmem_shm", "headers", "alias", "rewrite", "unique_id")
APACHE = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/pid
ErrorLog {folder}/log
Listen 127.0.0.1:{port}
{modules}
Include {folder}/site
"""


@dataclass(frozen=True)
class Proxy:
    """Where it listens, and how whoever trusts its certificate speaks to it."""

    port: int
    trust: ssl.SSLContext

    def ask(
        self, name: str, path: str, method: str = "GET", body: bytes = b"", **said: str
    ) -> tuple[int, str, str]:
        """Status, headers and text of an answer; `said` may name another host than the certificate."""
        headers = {"Host": name, "Connection": "close", "Content-Length": str(len(body))} | said
        lines = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        with plain, self.trust.wrap_socket(plain, server_hostname=name) as end:
            end.sendall(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
            answer = b""
            while part := end.recv(65536):
                answer += part
        head, _, text = answer.decode("utf-8", "replace").partition("\r\n\r\n")
        return int(head.split()[1]), head, text


@contextmanager
def running(
    kind: str,
    folder: Path,
    public: Sequence[int],
    inside: int,
    *,
    site: str = "",
    readers: Sequence[int] = (),
) -> Iterator[Proxy]:
    """nginx or Apache before processes on these ports; RuntimeError where it does not start. Whoever may not
    install it skips the test, but for continuous integration. `public`: one or two; where there is one, the
    other one has died, and readers come to the one. `site`: another example than that of its name, with
    copies on these ports of this machine in the place of others.
    """
    script = ["sh", str(ROOT / "tests" / "support" / "web_server.sh"), kind]
    found = subprocess.run(script, check=bool(os.environ.get("CI")), capture_output=True, text=True)
    if found.returncode:
        pytest.skip(found.stderr.strip())
    program = found.stdout.split()[-1]
    folder.mkdir(parents=True, exist_ok=True)
    certificate(folder)
    port, plain = free(), free()
    example = ROOT / "packaging" / "proxy" / f"{site or kind.removesuffix('2')}.conf"
    text = example.read_text(encoding="utf-8").replace("/var/cache/nginx/dashboard", str(folder / "cache"))
    for number, reader in enumerate(readers, start=1):
        text = text.replace(f"10.0.0.1{number}:8501", f"127.0.0.1:{reader}")
    text = text.replace("/etc/ssl/dashboard", str(folder)).replace("127.0.0.1:8502", f"127.0.0.1:{inside}")
    for named, port_of in zip((8501, 8511), [*public, free()], strict=False):
        text = text.replace(f"127.0.0.1:{named}", f"127.0.0.1:{port_of}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}").replace(
        "listen 80", f"listen 127.0.0.1:{plain}"
    )
    (folder / "site").write_text(text.replace("*:443", f"127.0.0.1:{port}"), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    loaded = "\n".join(f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so" for each in MODULES)
    around = NGINX if kind == "nginx" else APACHE
    (folder / "conf").write_text(
        around.format(folder=folder, user=user, port=port, modules=loaded), encoding="utf-8"
    )
    given = ["-c"] if kind == "nginx" else ["-DFOREGROUND", "-f"]
    server = subprocess.Popen([program, *given, str(folder / "conf")], stderr=subprocess.PIPE, text=True)
    try:
        listens(port, server)
        yield Proxy(port, ssl.create_default_context(cafile=str(folder / "fullchain.pem")))
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def listens(port: int, server: "subprocess.Popen[str] | None" = None) -> None:
    """Wait until somebody does. Raises RuntimeError if that server ends, or after ten seconds."""
    for _ in range(200):
        if server and server.poll() is not None:
            raise RuntimeError(f"it did not start: {server.stderr.read()}")
        with socket.socket() as end:
            if end.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("it did not start within ten seconds")


def free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def certificate(folder: Path, *further: str) -> None:
    """A key and a certificate of its own authority, for the names of the examples and further ones."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, PUBLIC)])
    names = x509.SubjectAlternativeName([x509.DNSName(each) for each in (PUBLIC, INSIDE, *further)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
