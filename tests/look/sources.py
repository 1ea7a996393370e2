"""Where the look's sources are, for the tests beside this file."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AWAY = {".venv", "node_modules", "build", "staticfiles", ".dev"}


def templates():
    """Every template of ours, whatever app it belongs to."""
    for path in sorted(ROOT.glob("**/templates/**/*.html")):
        if not AWAY.intersection(path.relative_to(ROOT).parts):
            yield path


def scss():
    return sorted((ROOT / "assets/scss").glob("*.scss"))


def name(path):
    return str(path.relative_to(ROOT))
