"""The key ring: what is sealed opens for its own row alone, and masters change without a restart."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from ijm_cases.settings import BASE_DIR
from reference import checks, sealed
from reference.sealed import KeyRing, SealBroken


@pytest.fixture
def ring_file(settings, tmp_path):
    """A key ring of this test alone."""
    path = tmp_path / "sealing.json"
    path.write_text(KeyRing.fresh().written())
    path.chmod(0o600)
    settings.SEALING_KEYS_FILE = str(path)
    return path


def test_what_was_wrapped_opens_again_and_does_not_show_in_the_bytes(ring_file):
    secret = sealed.new_key()
    wrapped = sealed.wrap(secret, "cases.CaseKey 1")
    assert sealed.unwrap(memoryview(wrapped), "cases.CaseKey 1") == secret
    assert secret not in wrapped


def test_the_same_secret_never_gives_the_same_bytes(ring_file):
    assert sealed.wrap(b"x", "a") != sealed.wrap(b"x", "a")


def test_wrapped_bytes_moved_to_another_row_do_not_open(ring_file):
    with pytest.raises(SealBroken):
        sealed.unwrap(sealed.wrap(b"secret", "row 1"), "row 2")


@pytest.mark.parametrize("place", [0, 1, 2, 3, 14, 15, -1])
def test_a_changed_byte_anywhere_is_noticed_and_nothing_is_told(ring_file, place):
    wrapped = bytearray(sealed.wrap(b"Maria Santos", "row 1"))
    wrapped[place] ^= 1
    with pytest.raises(SealBroken) as broken:
        sealed.unwrap(bytes(wrapped), "row 1")
    assert "Maria" not in str(broken.value)


@pytest.mark.parametrize("junk", [b"", b"\x01", b"hello", b"\x01\x00\x01" + b"0" * 12])
def test_junk_is_not_sealed_bytes(ring_file, junk):
    with pytest.raises(SealBroken):
        sealed.unwrap(junk, "row 1")


def test_a_ring_shows_no_key_in_its_words(ring_file):
    keys = sealed.ring()
    assert repr(keys) == "KeyRing(current=1)"


def test_a_new_master_key_is_seen_without_a_restart_and_old_things_still_open(ring_file):
    old = sealed.wrap(b"secret", "row 1")
    sealed.keep(sealed.ring().with_new_master())
    assert sealed.ring().current == 2
    assert sealed.unwrap(old, "row 1") == b"secret"
    new = sealed.rewrap(old, "row 1")
    assert (sealed.number_in(old), sealed.number_in(new)) == (1, 2)
    assert sealed.rewrap(new, "row 1") is new
    sealed.keep(sealed.ring().without_old_masters())
    assert sealed.unwrap(new, "row 1") == b"secret"
    with pytest.raises(SealBroken, match="no master key 1"):
        sealed.unwrap(old, "row 1")


def test_the_file_stays_its_owner_s_alone_and_leaves_no_draft(ring_file):
    sealed.keep(sealed.ring().with_new_master())
    assert ring_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in ring_file.parent.iterdir()] == [ring_file.name]


def test_keys_from_the_environment_work_and_cannot_be_changed_there(settings):
    settings.SEALING_KEYS_FILE, settings.SEALING_KEYS = "", KeyRing.fresh().written()
    assert sealed.unwrap(sealed.wrap(b"s", "r"), "r") == b"s"
    with pytest.raises(ImproperlyConfigured, match="put them into a file"):
        sealed.keep(sealed.ring().with_new_master())


def test_a_blind_index_tells_equal_words_and_nothing_across_kinds_or_rings(ring_file):
    assert sealed.token("name", "maria") == sealed.token("name", "maria")
    assert sealed.token("name", "maria") != sealed.token("phone", "maria")
    assert sealed.token("name", "maria") != sealed.token("name", "mario")
    before = sealed.token("name", "maria")
    sealed.keep(sealed.ring().with_new_master())
    assert sealed.token("name", "maria") == before, "a rotation of the masters leaves the index standing"
    ring_file.write_text(KeyRing.fresh().written())
    assert sealed.token("name", "maria") != before


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "secret-words", '{"current": 1, "masters": {}, "index": ""}',
     '{"current": 1, "masters": {"1": "c2VjcmV0"}, "index": "c2VjcmV0"}'],
)  # fmt: skip
def test_a_broken_ring_is_refused_without_showing_it(settings, ring_file, text):
    ring_file.write_text(text)
    with pytest.raises(ImproperlyConfigured) as refused:
        sealed.ring()
    assert "secret" not in str(refused.value)
    assert "c2VjcmV0" not in str(refused.value)
    assert [error.id for error in checks.sealing_keys_are_whole(None)] == ["reference.E001"]


def test_a_missing_file_is_an_error_of_the_check(settings, tmp_path):
    settings.SEALING_KEYS_FILE = str(tmp_path / "not-here.json")
    assert [error.id for error in checks.sealing_keys_are_whole(None)] == ["reference.E001"]


def test_where_nothing_is_served_no_keys_are_asked_for(settings, tmp_path):
    settings.SERVED, settings.SEALING_KEYS_FILE = False, str(tmp_path / "not-here.json")
    assert checks.sealing_keys_are_whole(None) == []


def started(**more):
    """What a deployment's process says when it starts with this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    told = {
        "IJM_PROCESS": "web",
        "DATABASE_URL_WEB": "postgresql://web@127.0.0.1:1/none",
        "SECRET_KEY": "x" * 50,
        "CONTEXT_KEY_WEB": "0" * 64,
    }
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=kept | told | {"DJANGO_SETTINGS_MODULE": "ijm_cases.settings"} | more,
        cwd=BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_deployment_without_its_keys_does_not_start(tmp_path):
    none = started()
    assert none.returncode != 0
    assert "SEALING_KEYS is not set" in none.stderr
    gone = started(SEALING_KEYS_FILE=str(tmp_path / "gone.json"))
    assert gone.returncode != 0
    assert "SEALING_KEYS_FILE cannot be read" in gone.stderr


def test_a_deployment_with_its_keys_starts(tmp_path):
    path = tmp_path / "sealing.json"
    path.write_text(KeyRing.fresh().written())
    whole = started(SEALING_KEYS_FILE=str(path))
    assert (whole.returncode, whole.stderr) == (0, "")


def test_the_embedded_services_bring_a_ring_that_only_its_owner_reads():
    path = os.environ["SEALING_KEYS_FILE"]
    with open(path) as written:
        assert KeyRing.read(written.read()).current == json.loads(KeyRing.fresh().written())["current"]
    assert os.stat(path).st_mode & 0o077 == 0


def test_a_command_makes_a_ring_for_a_deployment(capsys):
    call_command("new_sealing_keys")
    assert KeyRing.read(capsys.readouterr().out).current == 1
