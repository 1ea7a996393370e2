"""Where the checkout is, and the private folder that keeps its services."""

import contextlib
import importlib.util
import json
import os
import tempfile
from pathlib import Path

from devservices.failures import ServiceFailure

CHECKOUT = Path(__file__).resolve().parent.parent


def dev_dir() -> Path:
    """Return the folder that keeps this checkout's services, made private to its owner."""
    folder = Path(os.environ.get("IJM_DEV_DIR") or CHECKOUT / ".dev").resolve()
    private_folder(folder)
    if folder.stat().st_uid != os.geteuid():
        # Files of two accounts in one folder would lock out both in the end.
        raise ServiceFailure(
            f"{folder} belongs to another account. Work as that account, or remove the folder."
        )
    return folder


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner may open, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def installed_package(name: str) -> Path | None:
    """Return the folder of an installed package without running any of its code."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def read_record(path: Path) -> dict:
    """Return what was recorded at this path, or nothing if it is missing or half-written."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def write_record(path: Path, record: dict) -> None:
    """Replace the record at this path in one step, readable by its owner only."""
    # mkstemp gives mode 0600, and the rename means that no reader ever sees half a record.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w") as out:
        json.dump(record, out, indent=1)
    os.replace(name, path)


def forget(path: Path) -> None:
    """Remove a record that no longer says anything true."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
