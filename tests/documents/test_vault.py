"""The encrypted form: whatever is changed, moved, mixed or cut off does not open, and sizes tell little."""

import hashlib
import io
import os
import tempfile
import tracemalloc
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import vault
from reference.sealed import SealBroken, new_key

ABOUT = uuid.uuid4()
SIZES = [1, 7, vault.PIECE - 9, vault.PIECE - 8, vault.PIECE, vault.PIECE + 1, 3 * vault.PIECE - 8, 1_000_001]


def put(content, key, about=ABOUT):
    return vault.put(
        io.BytesIO(content), len(content), key=key, about=about, name=f"documents/{uuid.uuid4()}"
    )


def take(name, key, about=ABOUT):
    return b"".join(vault.take(name, key=key, about=about))


def path_of(name, settings):
    return settings.MEDIA_ROOT / name


@pytest.mark.parametrize("size", SIZES)
def test_what_is_put_is_taken(size):
    content, key = os.urandom(size), new_key()
    name, digest = put(content, key)
    assert take(name, key) == content
    assert digest == hashlib.sha256(content).hexdigest()


def test_what_lies_there_shows_nothing(settings):
    content, key = b"Maria Santos " * 50_000, new_key()
    name, _digest = put(content, key)
    lying = path_of(name, settings).read_bytes()
    assert b"Maria" not in lying
    assert put(content, new_key())[0] != name


def test_another_key_or_another_document_opens_nothing():
    name, _digest = put(b"words", key := new_key())
    with pytest.raises(SealBroken):
        take(name, new_key())
    with pytest.raises(SealBroken):
        take(name, key, uuid.uuid4())


def pieces(lying):
    body, step = lying[len(vault.FORM) :], vault.PIECE + vault.TAG
    return [body[start : start + step] for start in range(0, len(body), step)]


CHANGES = {
    "one bit": lambda parts: [parts[0][:99] + bytes([parts[0][99] ^ 1]) + parts[0][100:], *parts[1:]],
    "cut at a piece": lambda parts: parts[:-1],
    "cut within a piece": lambda parts: [*parts[:-1], parts[-1][:-1]],
    "two exchanged": lambda parts: [parts[0], parts[2], parts[1], *parts[3:]],
    "one left out": lambda parts: [parts[0], *parts[2:]],
    "one twice": lambda parts: [parts[0], parts[1], *parts[1:]],
    "something behind": lambda parts: [*parts, b"more"],
    "nothing left": lambda parts: [],
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_does_not_open(change, settings):
    key = new_key()
    name, _digest = put(os.urandom(4 * vault.PIECE), key)
    path = path_of(name, settings)
    path.write_bytes(vault.FORM + b"".join(CHANGES[change](pieces(path.read_bytes()))))
    with pytest.raises(SealBroken):
        take(name, key)


def test_what_was_never_sealed_does_not_open(settings):
    name, _digest = put(b"words", key := new_key())
    path_of(name, settings).write_bytes(b"words in the clear")
    with pytest.raises(SealBroken):
        take(name, key)


def test_a_file_that_is_shorter_than_it_says_is_not_put():
    with pytest.raises(EOFError):
        vault.put(io.BytesIO(b"words"), 9, key=new_key(), about=ABOUT, name=f"documents/{uuid.uuid4()}")


def test_small_files_are_all_of_one_size(settings):
    sizes = {path_of(put(bytes(size), new_key())[0], settings).stat().st_size for size in (1, 100, 99_999)}
    assert len(sizes) == 1


@given(st.integers(min_value=1, max_value=200 * 1024 * 1024))
def test_padding_costs_at_most_an_eighth_and_keeps_the_order(size):
    assert size <= vault.padded(size) <= max(vault.PIECE, size * 9 / 8)
    assert vault.padded(size) <= vault.padded(size + 1)


def test_a_sealing_is_read_once():
    sealing = vault.Sealing(io.BytesIO(b"words"), 5, new_key(), ABOUT)
    assert sealing.read(4) == vault.FORM[:4]
    assert not sealing.seekable()


def test_a_hundred_megabytes_need_no_more_memory_than_a_few_pieces():
    size, key = 100 * 1024 * 1024, new_key()
    with tempfile.TemporaryFile() as plain:
        plain.truncate(size)
        tracemalloc.start()
        name, _digest = vault.put(plain, size, key=key, about=ABOUT, name=f"documents/{uuid.uuid4()}")
        taken = sum(map(len, vault.take(name, key=key, about=ABOUT)))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert taken == size
    assert most < 12 * vault.PIECE
