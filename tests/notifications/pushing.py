"""A service of push notices on this machine, and a browser that has subscribed to it."""

import datetime
import functools
import http.server
import ipaddress
import json
import socket
import ssl
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode

import http_ece
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID

from ijm_cases import outgoing
from reference import push_keys

HOST = "push.example.org"


def packed(raw):
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpacked(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """The side that alone can open what we send."""

    def __init__(self, port, path="/ok"):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.subscription = json.dumps({
            "endpoint": f"https://{HOST}:{port}{path}", "expirationTime": None,
            "keys": {"p256dh": packed(point), "auth": packed(self.secret)},
        })  # fmt: skip

    def opens(self, body):
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(plain)


class Service(http.server.BaseHTTPRequestHandler):
    """Answers with the number in the path; 201 otherwise."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, dict(self.headers), body))
        if self.path == "/drop":
            self.connection.close()
            return
        self.send_response(int(self.path[1:]) if self.path[1:].isdigit() else 201)
        if self.path == "/429":
            self.send_header("Retry-After", "90")
        if self.path == "/302":
            self.send_header("Location", f"https://{HOST}/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


def signed_by(header, public_key):
    """The claims of a proof, if that key really signed them (RFC 8292)."""
    scheme, _space, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert parts["k"] == public_key
    said, _dot, signature = parts["t"].rpartition(".")
    raw = unpacked(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(public_key))
    point.verify(der, said.encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(unpacked(said.split(".")[1]))


def certificate(folder):
    """(the client's trust, the file of the server) of a host that exists for one test alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
    made = made.not_valid_after(now + datetime.timedelta(days=1))
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    hidden = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both = folder / "both.pem"
    both.write_bytes(pem + hidden)
    return ssl.create_default_context(cadata=pem.decode()), both


@pytest.fixture
def push_service(tmp_path, settings, monkeypatch):
    """The service is there and listed, and we have keys; only here may a call go to this machine."""
    trust, both = certificate(tmp_path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.heard, server.handle_error = [], lambda *_who: None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    for name, key in push_keys.fresh().items():
        setattr(settings, name, key)
    settings.VAPID_CONTACT = "mailto:desk@desk.example.org"
    settings.PUSH_HOSTS = [HOST]
    settings.OUTGOING_PORTS = {server.server_port}
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))]
    monkeypatch.setattr(outgoing, "is_public", lambda text: text == "127.0.0.1")
    reaching = functools.partial(outgoing.post, resolve=lambda *_a, **_k: here, context=trust)
    monkeypatch.setattr(outgoing, "post", reaching)
    yield server
    server.shutdown()
    server.server_close()
