"""Several processes' output, line by line in one stream, each line with its process's name."""

import os
import selectors
import sys
from typing import IO

COLOURS = (36, 33, 35, 32, 34)


class Logs:
    """The open outputs of the running processes."""

    def __init__(self, out: IO[str] | None = None, *, width: int = 8):
        self.out = out or sys.stdout
        self.width = width
        self.selector = selectors.DefaultSelector()
        self.halves: dict[int, bytes] = {}
        self.seen: list[str] = []

    def follow(self, name: str, stream) -> None:
        """Show what this process says from now on."""
        os.set_blocking(stream.fileno(), False)
        self.halves[stream.fileno()] = b""
        self.selector.register(stream, selectors.EVENT_READ, (name, stream))

    def show_for(self, seconds: float) -> None:
        """Show what is said, for at most this long until something is."""
        if not self.selector.get_map():
            # Nothing to read: an empty selector would return at once and spin.
            seconds = min(seconds, 0.05)
        for key, _events in self.selector.select(seconds):
            self._read(key)

    def drain(self) -> None:
        """Show everything that has been said already."""
        while events := self.selector.select(0):
            for key, _events in events:
                self._read(key)

    def say(self, name: str, line: str) -> None:
        """Show one line under a name."""
        if name not in self.seen:
            self.seen.append(name)
        label = f"{name:<{self.width}} |"
        if self.out.isatty():
            label = f"\033[{COLOURS[self.seen.index(name) % len(COLOURS)]}m{label}\033[0m"
        try:
            self.out.write(f"{label} {line}\n")
            self.out.flush()
        except OSError:
            # Whoever read along is gone (a closed terminal, `| head`): what runs must still be stopped.
            self.out = open(os.devnull, "w")  # noqa: SIM115

    def _read(self, key: selectors.SelectorKey) -> None:
        """Show the whole lines that have come in, and keep the half line for later."""
        name, stream = key.data
        said = os.read(key.fd, 65536)
        *lines, half = (self.halves[key.fd] + said).split(b"\n")
        self.halves[key.fd] = half
        if not said:
            lines += [half] if half else []
            self.selector.unregister(stream)
            stream.close()
        for line in lines:
            self.say(name, line.decode(errors="replace").rstrip("\r"))
