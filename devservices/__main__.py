"""`python -m devservices run | test -- COMMAND | provision | stop | clean`."""

import os
import shutil
import signal
import sys
from urllib.parse import unquote, urlsplit

from devservices import children, keeper, launcher, pids, places, postgres_home, provision, services, testing
from devservices.failures import ServiceFailure

USAGE = "Usage: python -m devservices run | test -- COMMAND | provision | stop | clean\n"


def provision_deployment() -> int:
    """Make a deployment's database and roles, with the passwords that its own addresses hold."""
    missing = [
        name for name in ["DATABASE_URL", *map(_variable, provision.ROLES)] if not os.environ.get(name)
    ]
    if missing:
        raise ServiceFailure(f"Not set: {', '.join(missing)}")
    addresses = {role: urlsplit(os.environ[_variable(role)]) for role in provision.ROLES}
    names = {address.path.strip("/") for address in addresses.values()}
    if len(names) != 1:
        raise ServiceFailure("The roles' addresses name more than one database.")
    passwords = {role: unquote(address.password or "") for role, address in addresses.items()}
    provision.provision(os.environ["DATABASE_URL"], names.pop(), passwords)
    return 0


def _variable(role: str) -> str:
    """Return the name under which the environment holds a role's address."""
    return f"DATABASE_URL_{role.upper()}"


def stop() -> int:
    """Stop this checkout's services, whoever uses them."""
    for dev in _folders():
        pids.end(places.read_record(dev / keeper.RECORD).get("keeper"), patience=40)
    return 0


def clean() -> int:
    """Delete this checkout's services with all that they hold."""
    for dev in _folders():
        if services.running(dev):
            raise ServiceFailure("PostgreSQL and Valkey are running. Stop `make run` first.")
    for dev in _folders():
        postgres_home.remove_home(dev)
        shutil.rmtree(dev)
    return 0


def _folders() -> list:
    """Return the folders of this checkout's services, the tests' first."""
    dev = places.dev_dir()
    return [folder for folder in (dev / "test", dev) if folder.is_dir()]


def main(arguments: list[str]) -> int:
    """Do what the command line says."""
    command, *rest = arguments or [""]
    if command == "test":
        return testing.main(rest[1:] if rest[:1] == ["--"] else rest)
    if arguments == ["run", "--with-parent"]:
        # Somebody who kills `make` outright means the run, not just its first process.
        children.die_with_parent(signal.SIGTERM)
        rest = []
    commands = {"run": launcher.main, "provision": provision_deployment, "stop": stop, "clean": clean}
    if command not in commands or rest:
        sys.stderr.write(USAGE)
        return 2
    try:
        return commands[command]()
    except ServiceFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
