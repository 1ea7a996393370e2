"""Draw every table of moves as a diagram: `python -m ijm_cases.state_pictures` writes docs/states.md."""

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import django

APPS = (
    "cases",
    "operations",
    "survivors",
    "prosecutions",
    "aftercare",
    "notifications",
    "exchange",
    "rights",
)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "states.md"
HEAD = """# Life cycles

Written by `python -m ijm_cases.state_pictures` from the tables of moves in each app's `states.py`; a test
compares. A move that is not drawn here is refused, in words, by the action that was asked for it.
"""


def tables():
    """(app, name, table) of every table of moves, in the order of the apps."""
    for app in APPS:
        if find_spec(f"{app}.states") is None:
            continue
        states = import_module(f"{app}.states")
        for name, table in vars(states).items():
            if name.endswith("_MOVES") and table:
                yield app, name, table


def word(state):
    """A state's English words, safe in a diagram."""
    return str(getattr(state, "label", state)).replace(":", "")


def picture(table):
    """One table of moves as a mermaid diagram; states from which nothing leads on end the line."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"  {code(state)} : {word(state)}" for state in table]
    for state, following in table.items():
        lines += [f"  {code(state)} --> {code(other)}" for other in table if other in following]
        if not following:
            lines.append(f"  {code(state)} --> [*]")
    return "\n".join([*lines, "```"])


def code(state):
    """A state's code as the name of a node."""
    return str(getattr(state, "value", state)).lower().replace("-", "_")


def page():
    """The whole of docs/states.md."""
    parts = [HEAD]
    for app, name, table in tables():
        parts.append(f"## {app}: {name}\n\n{picture(table)}\n")
    return "\n".join(parts)


def main():
    """Write the page anew, in English."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijm_cases.settings")
    django.setup()
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
