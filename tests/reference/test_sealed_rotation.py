"""Master keys and data keys change while everything runs, and nothing is ever locked out."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.scope import system_access
from cases.models import CaseKey
from cases.sealing import CaseKeys
from reference import sealed
from reference.sealed import KeyRing, SealBroken
from survivors.models import Survivor
from tests.factories import CaseMake, OfficeMake, SurvivorMake, arranging
from tests.notifications.conftest import committed  # noqa: F401

MANY = 3000


@pytest.fixture
def ring_file(settings, tmp_path):
    path = tmp_path / "sealing.json"
    path.write_text(KeyRing.fresh().written())
    settings.SEALING_KEYS_FILE = str(path)
    return path


def masters():
    with system_access("retention", "a test looks"):
        return {sealed.number_in(bytes(row.wrapped)) for row in CaseKey.objects.all()}


def born(survivor):
    with system_access("loader", "a test looks"):
        return Survivor.objects.get(pk=survivor.pk).born.open()


@pytest.mark.django_db
def test_a_rotation_brings_every_key_under_the_new_master_and_all_still_opens(ring_file, capsys):
    survivor = SurvivorMake(born="2011-04-02")
    call_command("rotate_sealing_key")
    assert "1 keys are under the new master key" in capsys.readouterr().out
    assert (sealed.ring().current, masters()) == (2, {2})
    assert born(survivor) == "2011-04-02"
    call_command("rotate_sealing_key", forget_old=True)
    assert sealed.ring().masters.keys() == {2}
    assert born(survivor) == "2011-04-02"


@pytest.mark.django_db
def test_a_rotation_that_was_broken_off_is_finished_and_no_new_one_begun(ring_file, capsys):
    survivor = SurvivorMake(born="2011-04-02")
    sealed.keep(sealed.ring().with_new_master())
    call_command("rotate_sealing_key")
    assert "broken off is finished: 1 keys" in capsys.readouterr().out
    assert (sealed.ring().current, masters()) == (2, {2})
    assert born(survivor) == "2011-04-02"


@pytest.mark.django_db
def test_old_masters_are_not_forgotten_while_something_needed_them(ring_file):
    SurvivorMake(born="2011-04-02")
    sealed.keep(sealed.ring().with_new_master())
    with pytest.raises(CommandError, match="1 keys were still under an old master key"):
        call_command("rotate_sealing_key", forget_old=True)
    assert sealed.ring().masters.keys() == {1, 2}


@pytest.mark.django_db
def test_a_case_gets_a_new_data_key_and_everything_is_sealed_with_it(ring_file, capsys):
    survivor, other = SurvivorMake(born="2011-04-02", home={"locality": "Bogo"}), SurvivorMake(born="2012")
    call_command("rotate_sealing_key", data_keys=True, case=survivor.case.number)
    assert "2 values sealed anew" in capsys.readouterr().out
    assert (born(survivor), born(other)) == ("2011-04-02", "2012")
    with system_access("loader", "a test looks"):
        (column,) = Survivor.objects.filter(pk=survivor.pk).values_list("born", flat=True)
        assert sealed.number_in(column.kept) == 2
        assert CaseKeys().newest(other.case_id)[0] == 1


@pytest.mark.slow
def test_killed_in_the_middle_every_key_opens_with_exactly_one_of_two_masters(
    committed,  # noqa: F811
    ring_file,
):
    office = OfficeMake()
    cases = [CaseMake(office=office) for _ in range(3)]
    survivors = [SurvivorMake(case=case, born="2011-04-02") for case in cases]
    many_keys(cases[0], MANY)
    killed = 0
    for pause in (0.0, 0.15):
        process = rotation(committed, ring_file)
        wait_for_new_keys(process, ring_file, pause)
        killed += process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert_each_opens_with_exactly_one(ring_file)
        assert [born(survivor) for survivor in survivors] == ["2011-04-02"] * 3
    assert killed, "the rotation was over before it could be killed"
    assert rotation(committed, ring_file).wait(120) == 0
    assert_each_opens_with_exactly_one(ring_file)
    assert masters() == {sealed.ring().current}
    assert [born(survivor) for survivor in survivors] == ["2011-04-02"] * 3


def many_keys(case, count):
    """So many more data keys that a rotation takes a while."""
    rows = [CaseKey(case_id=case.pk, number=number) for number in range(2, count + 2)]
    for row in rows:
        row.wrapped = sealed.wrap(sealed.new_key(), row.about)
    with arranging():
        CaseKey._base_manager.bulk_create(rows)


def rotation(roles, ring_file):
    """The command as an administrator types it, in a process of its own."""
    environment = {
        **os.environ, "IJM_PROCESS": "worker", "DATABASE_URL_WORKER": roles["worker"],
        "SEALING_KEYS_FILE": str(ring_file), "CONTEXT_KEY_WORKER": settings.CONTEXT_KEYS["worker"],
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "manage.py", "rotate_sealing_key"],
        cwd=settings.BASE_DIR, env=environment, start_new_session=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for_new_keys(process, ring_file, pause):
    """Until some keys are under the master key in use, then a moment more."""
    deadline = time.monotonic() + 90
    while process.poll() is None and time.monotonic() < deadline:
        ring = KeyRing.read(ring_file.read_text())
        with system_access("retention", "a test looks"):
            heads = {bytes(row.wrapped)[:3] for row in CaseKey.objects.all()}
        if len(heads) == 2 and sealed.head_of(ring.current) in heads:
            break
        time.sleep(0.01)
    time.sleep(pause)


def opens(row, number, key):
    try:
        sealed.unseal(key, bytes(row.wrapped), row.about)
    except SealBroken:
        return False
    return True


def assert_each_opens_with_exactly_one(ring_file):
    ring = KeyRing.read(ring_file.read_text())
    with system_access("retention", "a test looks"):
        rows = list(CaseKey.objects.all())
    assert len(rows) > MANY
    for row in rows:
        assert sum(opens(row, number, key) for number, key in ring.masters.items()) == 1
