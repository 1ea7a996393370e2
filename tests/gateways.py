"""Gateways on this machine that answer as providers write that they do: real HTTP on a real socket.

`gateway.answers(...)` puts answers in a row, each for one call; what was asked stands in `gateway.calls`. A
call that no answer was laid out for fails the test when it ends.
"""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit


@dataclass
class Call:
    """What one call brought."""

    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode()))

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def query(self):
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


@dataclass
class Says:
    """One answer. `after`: seconds of silence first; `hangs_up`: it takes the message and never answers."""

    status: int = 200
    body: object = ""
    headers: dict = field(default_factory=dict)
    after: float = 0
    hangs_up: bool = False


class Gateway:
    """One provider; give its `url` to the settings."""

    def __init__(self):
        self.calls, self.waiting, self.unexpected = [], [], []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_args: None  # whoever called has hung up already
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answers(self, *said):
        self.waiting += [one if isinstance(one, Says) else Says(*one) for one in said]

    def handler(gateway):  # noqa: N805  the handler's own self is another
        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                size = int(self.headers.get("Content-Length") or 0)
                call = Call(self.command, self.path, dict(self.headers), self.rfile.read(size))
                gateway.calls.append(call)
                if not gateway.waiting:
                    gateway.unexpected.append(call.path)
                says = gateway.waiting.pop(0) if gateway.waiting else Says(500)
                time.sleep(says.after)
                if not says.hangs_up:
                    self.say(says)

            def say(self, says):
                body = says.body if isinstance(says.body, str) else json.dumps(says.body)
                self.send_response(says.status)
                for name, value in says.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = do_PUT = answer  # noqa: N815

            def log_message(self, *_args):
                """Not on the screen of the tests."""

        return Handler

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def gateway():
    """A gateway for as long as the test lasts."""
    one = Gateway()
    try:
        yield one
        assert not one.unexpected, one.unexpected
    finally:
        one.close()
