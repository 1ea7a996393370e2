"""Child processes that never outlive the process that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1

# Loaded here because nothing may be imported between fork and exec.
_LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sign: int) -> None:
    """Have the kernel send this signal to the calling process when its parent dies."""
    _LIBC.prctl(PR_SET_PDEATHSIG, sign)


def spawn(
    argv: Sequence[str],
    *,
    dies_by: int = signal.SIGTERM,
    account: pwd.struct_passwd | None = None,
    **options,
) -> subprocess.Popen:
    """Start a child in a session of its own that is told to end when this process dies."""
    parent = os.getpid()

    def before_exec() -> None:
        # After the change of account, which would clear the request.
        die_with_parent(dies_by)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        list(argv),
        start_new_session=True,
        preexec_fn=before_exec,
        **as_account(account),
        **options,
    )


def as_account(account: pwd.struct_passwd | None) -> dict:
    """Return the options with which subprocess runs a command under another account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def tail(path: Path, lines: int = 12) -> str:
    """Return the last lines of a log, to show why something did not start."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
