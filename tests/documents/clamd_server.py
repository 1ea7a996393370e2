"""A small scanner that speaks the protocol of clamd: PING and INSTREAM, over TCP of this machine."""

import socketserver
import struct
import threading
from contextlib import contextmanager

VIRUS = b"X5O!P%@AP-our-own-signature"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        command = self.rfile.readline().strip()
        if command == b"nPING":
            self.wfile.write(b"PONG\n")
        elif command == b"nINSTREAM":
            self.scan()

    def scan(self):
        found, tail = False, b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            piece = self.rfile.read(size)
            found = found or VIRUS in tail + piece
            tail = piece[-len(VIRUS) :]
            self.server.seen += size
        answer = self.server.answer or (b"stream: Test.Own FOUND" if found else b"stream: OK")
        self.wfile.write(answer + b"\n")


class Scanner(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    answer, seen = b"", 0

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def running(answer=b""):
    with Scanner(("127.0.0.1", 0), Session) as server:
        server.answer = answer
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
