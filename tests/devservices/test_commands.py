"""Commands of manage.py, and the launcher's own."""

import json
import os
import subprocess
import sys

import pytest

from devservices import __main__ as commands
from devservices import environment, keeper, places, provision, testing
from devservices.failures import ServiceFailure


@pytest.mark.parametrize(
    "arguments", [[], ["help"], ["--version"], ["migrate", "--help"], ["collectstatic", "--noinput"]]
)
def test_commands_without_a_database_start_nothing(arguments):
    assert environment.works_offline(arguments)


@pytest.mark.parametrize("command", ["migrate", "shell", "load_demo", "check"])
def test_other_commands_find_their_database(command):
    assert not environment.works_offline([command])


def test_only_commands_that_change_tables_are_the_owner_s():
    assert environment.role_of("migrate") == environment.role_of("makemigrations") == "owner"
    assert environment.role_of("load_demo") == environment.role_of("shell") == "worker"
    assert environment.role_of("runserver") == "web"


def test_in_a_deployment_nothing_is_started(monkeypatch):
    monkeypatch.setattr(environment, "prepare", lambda: pytest.fail("started something"))
    monkeypatch.delenv("IJM_PROCESS", raising=False)
    monkeypatch.setenv("DATABASE_URL_OWNER", "postgresql://ijm_cases_owner@127.0.0.1:1/ijm_cases")

    assert environment.prepare_command(["migrate"]) is None
    assert os.environ["IJM_PROCESS"] == "owner"
    monkeypatch.delenv("IJM_PROCESS")


def test_a_server_of_the_developer_s_own_is_used(cluster, dev, monkeypatch):
    monkeypatch.setenv("IJM_DEV_DIR", str(dev))
    monkeypatch.setenv("DATABASE_URL", cluster.database_url)
    monkeypatch.setenv("REDIS_URL", cluster.redis_url)

    settings, using = environment.prepare()
    again, _using = environment.prepare()

    assert using is None
    assert not (dev / keeper.RECORD).exists()
    assert settings == again
    assert settings["IJM_DEV_DIR"] == str(dev)
    assert settings["DATABASE_URL_WEB"].endswith("/ijm_cases")
    assert set(json.loads((dev / "roles.json").read_text())) == {"ijm_cases"}
    assert (dev / "roles.json").stat().st_mode & 0o077 == 0
    provision.drop(cluster.database_url, "ijm_cases")


def test_a_deployment_s_roles_get_the_passwords_of_their_addresses(cluster, monkeypatch):
    for role in provision.ROLES:
        url = provision.role_url(cluster.database_url, "deployed", role, f"{role}-secret")
        monkeypatch.setenv(f"DATABASE_URL_{role.upper()}", url)
    monkeypatch.setenv("DATABASE_URL", cluster.database_url)
    try:
        assert commands.main(["provision"]) == 0
        with provision._connected(os.environ["DATABASE_URL_WEB"]) as connection:
            assert connection.info.user == "deployed_web"
    finally:
        provision.drop(cluster.database_url, "deployed")


def test_a_deployment_without_an_address_is_told_which(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/none")
    for role in provision.ROLES:
        monkeypatch.delenv(f"DATABASE_URL_{role.upper()}", raising=False)

    assert commands.main(["provision"]) == 1
    assert "DATABASE_URL_OWNER" in capsys.readouterr().err


def test_a_test_run_points_at_nobody_else_s_data(dev, cluster, monkeypatch):
    monkeypatch.setenv("IJM_DEV_DIR", str(dev))
    monkeypatch.setenv("IJM_PROCESS", "owner")
    monkeypatch.setenv("DATABASE_URL_WEB", "postgresql://somebody-else/real")
    monkeypatch.setenv("DATABASE_URL", cluster.database_url)
    monkeypatch.setenv("REDIS_URL", cluster.redis_url)

    settings, using = testing._environment()

    assert using is None
    assert "DATABASE_URL_WEB" not in settings
    assert "IJM_PROCESS" not in settings
    assert len(settings["IJM_TEST_RUN"]) == 6
    assert settings["IJM_DEV_DIR"] == str(dev / "test")


def test_a_test_command_s_exit_code_is_passed_on():
    wrong = [sys.executable, "-c", "import sys; sys.exit(7)"]
    killed = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    run = "import os, sys; from devservices.testing import _run; sys.exit(_run(sys.argv[1:], {**os.environ}))"

    for command, expected in ((wrong, 7), (killed, 137)):
        finished = subprocess.run([sys.executable, "-c", run, *command], cwd=places.CHECKOUT, check=False)
        assert finished.returncode == expected


def test_cleaning_refuses_while_something_runs_and_then_leaves_nothing(dev, monkeypatch, capsys):
    monkeypatch.setenv("IJM_DEV_DIR", str(dev))
    using = commands.services.use(dev, throwaway=True)
    folder = places.read_record(dev / "postgres.json")["folder"]

    assert commands.main(["clean"]) == 1
    assert "Stop `make run` first" in capsys.readouterr().err
    using.leave_and_wait()
    assert commands.main(["clean"]) == 0
    assert not os.path.exists(folder)
    assert not dev.exists()


def test_stop_ends_the_services_whoever_uses_them(dev, monkeypatch):
    monkeypatch.setenv("IJM_DEV_DIR", str(dev))
    using = commands.services.use(dev, throwaway=True)

    assert commands.main(["stop"]) == 0
    assert not using.still_up()
    using.leave()


def test_an_unknown_command_is_answered_with_the_known_ones(capsys):
    assert commands.main(["fly"]) == commands.main([]) == commands.main(["test"]) == 2
    assert "python -m devservices run" in capsys.readouterr().err


def test_a_service_that_does_not_start_says_why(dev, monkeypatch):
    (dev / "log").mkdir()
    (dev / "valkey").write_text("in the way")

    with pytest.raises(ServiceFailure, match="did not start"):
        commands.services.use(dev, throwaway=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make somebody else's folder")
def test_somebody_else_s_folder_is_left_alone(dev, monkeypatch, capsys):
    os.chown(dev, 65534, 65534)
    monkeypatch.setenv("IJM_DEV_DIR", str(dev))

    assert commands.main(["run"]) == commands.main(["stop"]) == commands.main(["test", "--", "true"]) == 1
    assert "belongs to another account" in capsys.readouterr().err
    assert list(dev.iterdir()) == []
