"""Whoever comes first starts the services, and the last one out ends them."""

import os
import signal
import subprocess
import sys

import psycopg2
import pytest
import redis

from devservices import keeper, pids, places, postgres, postgres_home, services
from devservices.locks import FileLock, alone

USER = """
import sys, time
from pathlib import Path
from devservices import services
using = services.use(Path(sys.argv[1]), throwaway=True)
print(using.record["keeper"]["pid"], flush=True)
sys.stdin.read()
using.leave()
"""


def user_of(dev):
    """Start another process that uses the services until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(dev)],
        cwd=places.CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def ask(url, statement):
    """Run one statement and return its first row."""
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as run:
            run.execute(statement)
            return run.fetchone() if run.description else None
    finally:
        connection.close()


def test_the_services_keep_what_they_were_given(dev):
    first = services.use(dev)
    ask(first.database_url, "CREATE TABLE kept AS SELECT 7 AS what")
    with redis.Redis.from_url(first.redis_url) as broker:
        broker.set("kept", "8")
        assert broker.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert ask(first.database_url, "SHOW fsync") == ("on",)
    first.leave_and_wait()
    assert services.running(dev) == {}
    assert not any(map(pids.is_alive, first.record["children"]))
    assert not os.path.exists(first.record["sockets"])

    second = services.use(dev)
    assert ask(second.database_url, "SELECT what FROM kept") == (7,)
    with redis.Redis.from_url(second.redis_url) as broker:
        assert broker.get("kept") == b"8"
    second.leave_and_wait()


def test_two_at_once_share_one_start_and_the_last_one_ends_it(dev):
    with user_of(dev) as one, user_of(dev) as other:
        assert one.stdout.readline() == other.stdout.readline()
        using = services.use(dev, throwaway=True)
        one.stdin.close()
        one.wait(10)
        using.leave_and_wait()
        assert services.running(dev) == using.record
        other.stdin.close()
        other.wait(10)
        assert pids.wait_until_gone(using.record["keeper"], keeper.GRACE_SECONDS + 10)
    assert not any(map(pids.is_alive, using.record["children"]))


def test_after_a_killed_user_nothing_runs_on(dev):
    with user_of(dev) as user:
        user.stdout.readline()
        record = services.running(dev)
        user.kill()
    assert pids.wait_until_gone(record["keeper"], keeper.GRACE_SECONDS + 10)
    assert not any(map(pids.is_alive, record["children"]))


def test_a_killed_keeper_takes_the_services_along_and_the_next_user_starts_them(dev):
    first = services.use(dev, throwaway=True)
    ask(first.database_url, "CREATE TABLE kept AS SELECT 7 AS what")
    os.kill(first.record["keeper"]["pid"], signal.SIGKILL)
    for child in first.record["children"]:
        assert pids.wait_until_gone(child, 10)
    assert not first.still_up()
    first.leave()

    second = services.use(dev, throwaway=True)
    assert ask(second.database_url, "SELECT what FROM kept") == (7,)
    second.leave_and_wait()


def test_a_lock_of_postgres_that_names_a_stranger_is_dropped(dev, cluster):
    with subprocess.Popen(["sleep", "60"]) as stranger:
        data = dev / "postgres"
        data.mkdir()
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n")

        postgres_home.end_squatter(data)

        assert not (data / "postmaster.pid").exists()
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_left_on_our_data_is_ended(dev):
    using = services.use(dev, throwaway=True)
    server = using.record["children"][0]
    home = postgres_home.open_home(dev, throwaway=True)

    postgres_home.end_squatter(home.data)

    assert not pids.is_alive(server)
    assert pids.wait_until_gone(using.record["keeper"], 10)
    using.leave()


def test_leftovers_of_killed_test_runs_are_gone_at_the_next_start(dev):
    first = services.use(dev, throwaway=True)
    connection = psycopg2.connect(first.database_url)
    connection.autocommit = True
    with connection.cursor() as run:
        run.execute("CREATE ROLE left_web")
        run.execute("CREATE DATABASE left_over OWNER left_web")
    connection.close()
    first.leave_and_wait()

    second = services.use(dev, throwaway=True)
    found = ask(second.database_url, "SELECT count(*) FROM pg_database WHERE datname LIKE 'left%'")
    roles = ask(second.database_url, "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'left%'")
    assert (found, roles) == ((0,), (0,))
    second.leave_and_wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the server to another account")
def test_as_root_the_server_runs_under_an_account_that_may_do_nothing(cluster):
    server = cluster.record["children"][0]["pid"]

    assert os.stat(f"/proc/{server}").st_uid != 0
    home = postgres_home.open_home(cluster.dev, throwaway=True)
    assert home.folder.stat().st_mode & 0o077 == 0
    assert home.data.stat().st_uid == os.stat(f"/proc/{server}").st_uid


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the server to another account")
def test_programs_out_of_reach_are_copied_and_no_folder_is_opened(dev, monkeypatch):
    monkeypatch.setattr(postgres_home, "_can_run", lambda *_: False)
    before = dev.stat().st_mode

    home = postgres_home.open_home(dev, throwaway=True)

    assert home.programs.is_relative_to(home.folder)
    assert (home.data / "PG_VERSION").exists()
    assert dev.stat().st_mode == before


def test_secrets_are_for_the_owner_only(cluster):
    for name in (keeper.RECORD, postgres_home.RECORD):
        assert (cluster.dev / name).stat().st_mode & 0o077 == 0


def test_sockets_have_short_paths_and_statements_stay_out_of_the_log(cluster):
    assert len(cluster.record["sockets"]) < postgres.LONGEST_SOCKET_FOLDER
    assert ask(cluster.database_url, "SHOW log_min_error_statement") == ("panic",)
    assert ask(cluster.database_url, "SHOW fsync") == ("off",)
    assert ask(cluster.database_url, "SHOW server_encoding") == ("UTF8",)


def test_a_forked_child_neither_holds_the_lock_nor_drops_it(tmp_path):
    lock, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    lock.share()
    child = subprocess.Popen(["sleep", "60"], preexec_fn=lambda: None, close_fds=False)  # noqa: PLW1509
    try:
        assert not other.try_take()
        lock.close()
        assert other.try_take()
    finally:
        other.close()
        child.kill()
        child.wait()


def test_alone_means_alone(tmp_path):
    with alone(tmp_path / "lock"):
        other = FileLock(tmp_path / "lock")
        assert not other.try_take()
        other.close()
