"""An encrypted cluster: whom we trust, and what we say only to those."""

import datetime
import ipaddress
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.engines.opensearch.address import read
from contactpoint.search.engines.opensearch.client import Client

Start = Callable[[Callable[[Any], tuple[int, Any]]], Any]
Secure = Callable[..., Any]
LOGIN = "Basic bWU6c2VjcmV0"


class Authority:
    """Signs certificates of nodes, as an operator's own does."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        own = self._signed(self.name, self.key.public_key(), authority=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def certificate(self, *, address: str = "127.0.0.1", days: int = 1) -> Path:
        """A file with key and certificate for a node of that address."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "node")])
        signed = self._signed(subject, key.public_key(), address=address, days=days)
        path = self.folder / f"node-{self.file.stem}-{address}-{days}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        return path

    def _signed(
        self, subject: x509.Name, public: Any, *, authority: bool = False,
        address: str = "127.0.0.1", days: int = 1,
    ) -> x509.Certificate:  # fmt: skip
        now = datetime.datetime.now(datetime.UTC)
        names = [x509.IPAddress(ipaddress.ip_address(address))]
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=3))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(self.key, hashes.SHA256())
        )


@pytest.fixture
def ours(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "ours")


@pytest.fixture
def secure(node: Start) -> Secure:
    """Starts a node that speaks TLS with a certificate, and wants our name and password."""

    def start(certificate: Path) -> Any:
        def say(server: Any) -> tuple[int, Any]:
            return (200, {"well": True}) if server.logins[-1] == LOGIN else (401, {})

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server = node(say)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return server

    return start


def client(place: str, ca: Path | None, login: str = "me:secret@") -> Client:
    return Client(read(f"https://{login}{place}/emn" + (f"?ca={ca}" if ca else "")))


def test_a_node_with_a_certificate_of_our_authority_hears_who_we_are(
    ours: Authority, secure: Secure
) -> None:
    server = secure(ours.certificate())
    assert client(server.place, ours.file).read("GET", "/x").body == {"well": True}
    with pytest.raises(UnavailableError, match="refuses our name and password"):
        client(server.place, ours.file, login="me:wrong@").read("GET", "/x")


@pytest.mark.parametrize("trusted", ["theirs", "the machine's"])
def test_a_node_with_a_certificate_of_another_authority_hears_nothing(
    ours: Authority, secure: Secure, tmp_path: Path, trusted: str
) -> None:
    ca = Authority(tmp_path, "theirs").file if trusted == "theirs" else None
    server = secure(ours.certificate())
    with pytest.raises(UnavailableError, match="certificate that is not trusted"):
        client(server.place, ca).read("GET", "/x")
    assert server.asked == []


@pytest.mark.parametrize("wrong", [{"address": "127.0.0.9"}, {"days": -1}])
def test_a_certificate_for_another_place_or_time_is_refused(
    ours: Authority, secure: Secure, wrong: dict[str, Any]
) -> None:
    server = secure(ours.certificate(**wrong))
    with pytest.raises(UnavailableError, match="certificate that is not trusted"):
        client(server.place, ours.file).read("GET", "/x")
    assert server.asked == []


def test_a_node_that_speaks_no_tls_hears_nothing(ours: Authority, node: Start) -> None:
    server = node(lambda _node: (200, {}))
    with pytest.raises(UnavailableError):
        client(server.place, ours.file).read("GET", "/x")
    assert server.asked == []


def test_a_file_of_certificates_that_is_none_is_told(secure: Secure, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate")
    for file in (wrong, tmp_path / "missing.pem"):
        with pytest.raises(UnavailableError, match=r"certificates in .* can't be read"):
            client("127.0.0.1:1", file).read("GET", "/x")
