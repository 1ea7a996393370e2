"""Fonts for printed pages, from the npm packages that the screens use: there they are packed, here plain."""

import struct
import zlib
from pathlib import Path

HEADER, ENTRY = ">4s4sIHHIHHIIIII", ">4sIIII"
SFNT_HEADER, SFNT_ENTRY = 12, 16


def plain(packed: bytes) -> bytes:
    """A font out of its WOFF wrapping (version 1: each table by itself, with zlib)."""
    mark, flavour, _size, count = struct.unpack_from(">4s4sIH", packed)
    if mark != b"wOFF":
        raise ValueError("not a WOFF font")
    entries = [
        struct.unpack_from(ENTRY, packed, struct.calcsize(HEADER) + number * struct.calcsize(ENTRY))
        for number in range(count)
    ]
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">4sHHHH", flavour, count, power * 16, power.bit_length() - 1, count * 16 - power * 16)
    body, index, place = b"", b"", SFNT_HEADER + SFNT_ENTRY * count
    for tag, start, small, size, checksum in sorted(entries):
        table = packed[start : start + small]
        if small < size:
            table = zlib.decompress(table)
        index += struct.pack(">4sIII", tag, checksum, place + len(body), size)
        body += table + b"\0" * (-len(table) % 4)
    return head + index + body


def write_print_fonts(root: Path, out: Path, scripts: tuple[str, ...]) -> None:
    """Regular and bold of every script that our names are written in, for the pages typst sets."""
    out.mkdir(parents=True, exist_ok=True)
    for script in scripts:
        for weight in (400, 700):
            name = f"noto-sans-{script}-{script}-{weight}-normal"
            packed = root / f"node_modules/@fontsource/noto-sans-{script}/files/{name}.woff"
            (out / f"{name}.ttf").write_bytes(plain(packed.read_bytes()))
