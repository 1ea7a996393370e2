"""Several processes in one stream."""

import io
import os

import pytest

from devservices.logs import Logs


@pytest.fixture
def pipe():
    """Both ends of what a process says."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as listening, os.fdopen(writer, "wb", buffering=0) as speaking:
        yield listening, speaking


def test_lines_are_whole_and_say_whose_they_are(pipe):
    listening, speaking = pipe
    out = io.StringIO()
    logs = Logs(out)
    logs.follow("web", listening)

    speaking.write(b"one\ntw")
    logs.show_for(1)
    assert out.getvalue() == "web      | one\n"
    speaking.write("o\n\xff last".encode("latin-1"))
    speaking.close()
    logs.drain()

    assert out.getvalue() == "web      | one\nweb      | two\nweb      | \N{REPLACEMENT CHARACTER} last\n"


def test_a_reader_who_left_stops_nobody():
    class Gone(io.StringIO):
        def write(self, _text):
            raise BrokenPipeError

    logs = Logs(Gone())
    logs.say("web", "one")
    logs.say("web", "two")
    logs.out.close()


def test_nothing_to_follow_does_not_spin():
    logs = Logs(io.StringIO())
    logs.show_for(0.01)
    logs.drain()
