# ruff: noqa: T201, S603
"""Break the alerts on purpose, one place at a time, in a copy: does the oracle of the faults notice?

    .venv/bin/python tools/break_alerts.py            # ONLY=claim names those to try; WHAT=tests/faults/...

Each break is a line of BREAKS: a file, what stands there, what is put in its place. The copy is made anew for
each, and the short form of `make faults` is run in it. A break that is not noticed, or whose place is not
found any more, makes the run fail.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINKED = (".venv", "node_modules", "build", "staticfiles")
LEFT_OUT = (*LINKED, ".git", ".dev", "__pycache__", ".ruff_cache", ".mypy_cache", ".pytest_cache")
RUN = ".venv/bin/python -m devservices test -- pytest -q -x -p no:cacheprovider"
WHAT = os.environ.get("WHAT", "tests/faults/test_short.py")

DEPUTIES = f"{' ' * 16}for told in (user, *self.deputies.get(user, ()))"

# Why it would be wrong, file, what stands there, what is put there.
BREAKS = [
    (
        "handed over is written down before the call: killed in between, it is lost",
        "notifications/actions/delivery.py",
        "SET state = 'sending',",
        "SET state = 'accepted', accepted_at = %(now)s,",
    ),
    (
        "nobody looks again before sending: whoever left meanwhile is written to",
        "notifications/actions/delivery.py",
        'reasons[row["pk"]] = reason or ("" if reached(row) else GONE)',
        'reasons[row["pk"]] = ""',
    ),
    (
        "what may have been sent goes back as if it never had: a copy that nobody owned to",
        "notifications/actions/claiming.py",
        "mark_unknown(held[DeliveryState.SENDING], now=now)",
        "to_queue(held[DeliveryState.SENDING], now) if held[DeliveryState.SENDING] else None",
    ),
    (
        "the leases of the dead never end",
        "notifications/actions/claiming.py",
        "gone = Delivery.objects.overtaken(now)",
        "gone = Delivery.objects.overtaken(now).none()",
    ),
    (
        "an alert has no key of its own, and sweeps take no turns: several sweeps open it several times",
        "notifications/actions/openings.py",
        'return f"{rule}:{event.subject_id}:e{event.pk}:{case.pk}"',
        'import uuid; return f"{rule}:{event.subject_id}:{uuid.uuid4()}"',
    ),
    (
        "deputies are forgotten",
        "notifications/recipients.py",
        f"{DEPUTIES}:\n{' ' * 20}if told in allowed:",
        f"{' ' * 16}for told in (user,):\n{' ' * 20}if told in allowed:",
    ),
    (
        "whoever has a role hears, whether she may see the case or not",
        "notifications/recipients.py",
        "                    if told in allowed:",
        "                    if told:",
    ),
    (
        "teams of other files are not told of a release",
        "notifications/actions/facts.py",
        'yield from elsewhere(event, bail.accused, "B4",',
        'yield from () and elsewhere(event, bail.accused, "B4",',
    ),
    (
        "reminders go to who goes, and the paralegal is forgotten",
        "notifications/actions/reminding.py",
        "ELSE a.step <> 'd0' END",
        "ELSE false END",
    ),
    (
        "seven days before is eight days before",
        "notifications/actions/reminders.py",
        "Offset.T7: 7",
        "Offset.T7: 8",
    ),
]  # fmt: skip


def copy(to):
    """The checkout as it stands; what is large is linked to."""
    shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    for name in LINKED:
        if (ROOT / name).exists():
            (to / name).symlink_to(ROOT / name)


def noticed(file, old, new):
    """(word, seconds): does the short form fail with this break?"""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ijm-break-") as folder:
        there = Path(folder) / "checkout"
        copy(there)
        text = (there / file).read_text()
        if old not in text:
            return "NO SUCH PLACE", 0
        (there / file).write_text(text.replace(old, new, 1))
        command = [*RUN.split(), *WHAT.split()]
        environment = {**os.environ, "PATIENCE": os.environ.get("PATIENCE", "45")}
        done = subprocess.run(command, cwd=there, env=environment, capture_output=True, text=True)
        subprocess.run([".venv/bin/python", "-m", "devservices", "stop"], cwd=there, capture_output=True)
    return ("noticed: " + why(done.stdout) if done.returncode == 1 else f"NOT NOTICED ({done.returncode})"), (
        time.monotonic() - began
    )


def why(output):
    """The first line of what the oracle said."""
    lines = [line[1:].strip() for line in output.splitlines() if line.startswith("E ")]
    return next((line for line in lines if "Error" in line or "assert" in line), "")[:120]


def main():
    only, missed = os.environ.get("ONLY", ""), 0
    for name, file, old, new in BREAKS:
        if only in name:
            word, seconds = noticed(file, old, new)
            missed += not word.startswith("noticed")
            print(f"| {name} | {word} | {seconds:.0f} s |", flush=True)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
