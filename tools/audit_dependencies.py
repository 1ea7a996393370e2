"""Ask for known weaknesses in what we depend on: strict where the service answers, said aloud where not."""

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 20
ROOT = Path(__file__).resolve().parent.parent
AUDIT = (
    "-m", "pip_audit", "--requirement", "requirements.txt", "--require-hashes", "--disable-pip",
    "--progress-spinner", "off", "--format", "json", "--timeout", "5",
)  # fmt: skip


def ask(seconds=SECONDS):
    """What the tool found, as it tells it; nothing when its service cannot be reached in time."""
    try:
        done = subprocess.run(
            [sys.executable, *AUDIT], cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
        )
        return json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None


def judge(found):
    """(exit code, what to say). Half an audit is none: a service that answers must know every package."""
    if not found:
        return 0, "Dependencies: not audited, the service could not be reached."
    skipped = [package["name"] for package in found if "skip_reason" in package]
    weak = [
        f"{package['name']}: {weakness['id']}" for package in found for weakness in package.get("vulns", [])
    ]
    if weak:
        return 1, "Dependencies with known weaknesses:\n" + "\n".join(weak)
    if len(skipped) == len(found):
        return 0, "Dependencies: not audited, the service that answers knows none of them."
    if skipped:
        return 1, f"Dependencies that could not be audited: {', '.join(skipped)}"
    return 0, f"Dependencies: {len(found)} audited, no known weakness."


if __name__ == "__main__":
    code, words = judge(ask())
    sys.stdout.write(words + "\n")
    sys.exit(code)
