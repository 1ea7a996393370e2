"""No address that somebody types makes us call a machine that only we can reach."""

import datetime
import http.server
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from ijm_cases import outgoing

HOST = "hooks.example.org"
PUBLIC = "93.184.215.14"


@pytest.fixture(autouse=True)
def listed(settings):
    settings.OUTGOING_HOSTS = {HOST}


def resolving(*addresses):
    """A resolver that always gives these addresses."""

    def resolve(_host, port, **_how):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


@pytest.mark.parametrize(
    "address",
    [
        f"http://{HOST}/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://metadata/",
        "https://elsewhere.example.org/",
        f"https://{HOST}:22/",
        f"https://{HOST}.:443/",
        f"https://{HOST}@127.0.0.1/",
        f"https://name:word@{HOST}/",
        f"https://127.0.0.1\\@{HOST}/",
        f"https://{HOST}#@127.0.0.1/",
        f"https://{HOST}/ HTTP/1.1\r\nHost: other",
        f"https://{HOST}/\x00",
        "https://hooks.exampl\u00e9.org/",
        "https://hooks\u3002example\u3002org/",
        f"file://{HOST}/etc/passwd",
        f"gopher://{HOST}:70/_x",
        f"ftp://{HOST}/",
        f"//{HOST}/",
        "https:///",
        f"https://{HOST}:99999/",
        "https://[::1",
        "",
        f"https://{HOST}/" + "a" * 3000,
    ],
)
def test_an_address_that_is_not_plainly_a_listed_host_is_refused(address):
    with pytest.raises(outgoing.Refused):
        outgoing.send(address, {}, resolve=lambda *_a, **_k: pytest.fail("it was looked up"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        "2001:0:7f00:1::", "not an address",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(address):
    with pytest.raises(outgoing.Refused):
        outgoing.send(f"https://{HOST}/", {}, resolve=resolving(address))


def test_one_bad_address_among_good_ones_is_enough():
    with pytest.raises(outgoing.Refused):
        outgoing.send(f"https://{HOST}/", {}, resolve=resolving(PUBLIC, "10.0.0.1"))


def test_a_name_that_nobody_knows_is_refused():
    def unknown(*_arguments, **_named):
        raise socket.gaierror

    with pytest.raises(outgoing.Refused):
        outgoing.send(f"https://{HOST}/", {}, resolve=unknown)


@given(st.ip_addresses())
def test_what_the_library_calls_private_is_never_public(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not outgoing.is_public(str(address))


def test_an_ordinary_address_is_public():
    assert outgoing.is_public(PUBLIC)
    assert outgoing.is_public("2606:4700:4700::1111")


# --- with a real server on this machine; only here is its address let through


@pytest.fixture
def trust(tmp_path):
    """(the client's trust, the server's certificate) of a host that exists for this test alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    hidden = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both = tmp_path / "both.pem"
    both.write_bytes(pem + hidden)
    return ssl.create_default_context(cadata=pem.decode()), both


class Listener(http.server.BaseHTTPRequestHandler):
    """Answers as the path asks, and keeps what it heard."""

    def do_POST(self):
        self.server.heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        if self.path == "/drip":
            for _n in range(30):
                time.sleep(0.1)
                self.wfile.write(b"HTTP/1.1"[_n : _n + 1] or b" ")
            return
        status = 302 if self.path == "/moved" else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"https://{HOST}/elsewhere")
        self.end_headers()
        if self.path == "/long":
            self.wfile.write(b"x" * (outgoing.MOST_READ * 2))
        if self.path == "/slow":
            for _n in range(20):
                time.sleep(0.1)
                self.wfile.write(b".")
        if self.path == "/":
            self.wfile.write(b"ok")

    def log_message(self, *_words):
        pass


@pytest.fixture
def listener(trust, settings, monkeypatch):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    server.heard, server.handle_error = [], lambda *_who: None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trust[1])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.OUTGOING_PORTS = {server.server_port}
    monkeypatch.setattr(outgoing, "is_public", lambda text: text == "127.0.0.1")
    yield server
    server.shutdown()
    server.server_close()


def call(listener, trust, path="/", facts=None, resolve=None):
    address = f"https://{HOST}:{listener.server_port}{path}"
    return outgoing.send(address, facts or {}, resolve=resolve or resolving("127.0.0.1"), context=trust[0])


def test_what_is_listed_and_public_is_called(listener, trust):
    assert call(listener, trust, facts={"n": 1}) == outgoing.Answer(200, b"ok")
    assert listener.heard == [("/", b'{"n": 1}')]


def test_a_name_that_answers_differently_the_second_time_changes_nothing(listener, trust):
    answers = [resolving("127.0.0.1"), resolving("127.0.0.2")]

    def rebinding(host, port, **how):
        return answers.pop(0)(host, port, **how)

    assert call(listener, trust, resolve=rebinding).status == 200
    assert len(answers) == 1, "the name was looked up again after it had been checked"


def test_a_redirect_is_not_followed(listener, trust):
    assert call(listener, trust, "/moved").status == 302
    assert [path for path, _body in listener.heard] == ["/moved"]


def test_an_endless_answer_is_cut_off(listener, trust):
    with pytest.raises(outgoing.Unanswered):
        call(listener, trust, "/long")


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_slow_answer_is_cut_off_as_a_whole(listener, trust, monkeypatch, path):
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    before = time.monotonic()
    with pytest.raises(outgoing.Unanswered):
        call(listener, trust, path)
    assert time.monotonic() - before < 1.5


def test_too_much_is_not_sent(listener, trust):
    with pytest.raises(outgoing.Refused):
        call(listener, trust, facts={"text": "x" * outgoing.MOST_SENT})
    assert listener.heard == []


def test_a_server_with_another_certificate_is_told_nothing(listener, trust):
    with pytest.raises(outgoing.Refused):
        call(listener, (ssl.create_default_context(), None))
    assert listener.heard == []


def test_a_server_that_is_not_there_was_told_nothing(listener, trust):
    listener.shutdown()
    listener.server_close()
    with pytest.raises(outgoing.Unreached):
        call(listener, trust)


def test_nobody_is_called_unless_the_deployment_says_so(settings):
    from ijm_cases import settings as written

    assert set() == written.OUTGOING_HOSTS or not written.SERVED
