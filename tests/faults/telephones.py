"""A gateway for text messages that answers as Africa's Talking does, and takes each key once."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

ENVIRONMENT = {
    "SMS_GATEWAY": "africastalking", "AFRICASTALKING_USERNAME": "desk", "AFRICASTALKING_API_KEY": "of-a-test",
    "AFRICASTALKING_KEY_TRIED": "1",
}  # fmt: skip


class Telephones:
    """`calls` counts every call by its key; `texts` holds what reached a telephone: each key once."""

    def __init__(self):
        self.calls: Counter[str] = Counter()
        self.texts: dict[str, tuple[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def environment(self):
        return {**ENVIRONMENT, "AFRICASTALKING_URL": f"http://127.0.0.1:{self.server.server_port}"}

    def takes(self, key, form):
        self.calls[key] += 1
        self.texts.setdefault(key, (form["to"], form["message"]))
        ref = f"AT{list(self.texts).index(key)}"
        row = {"statusCode": 101, "number": form["to"], "status": "Success", "cost": "0", "messageId": ref}
        return {"SMSMessageData": {"Message": "Sent to 1/1", "Recipients": [row]}}

    def handler(telephones):  # noqa: N805  the handler's own self is another
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                said = json.dumps(telephones.takes(self.headers["Idempotency-Key"], form)).encode()
                self.send_response(201)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_args):
                """Not on the screen of the tests."""

        return Handler

    def close(self):
        self.server.shutdown()
        self.server.server_close()
