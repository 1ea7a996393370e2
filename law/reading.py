"""Reading the files of the law the careful way: nothing twice, nothing executed, faults as sentences."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

HERE = Path(__file__).resolve().parent
OURS = HERE / "jurisdictions"
COMMON = "common"

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(Loader):
    """A key that stands twice is a fault, not a silent choice."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _value in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, _("the key %s stands twice") % key, node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


@dataclass
class LawFile:
    """One file of the law on its way in."""

    path: Path
    document: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    notices: list = field(default_factory=list)

    def fault(self, reason, *where):
        """Write down what is wrong, and in which list and row."""
        self.faults.append(self.said(reason, *where))

    def notice(self, reason, *where):
        """Write down what was understood all the same."""
        self.notices.append(self.said(reason, *where))

    def said(self, reason, *where):
        """The file, the place in it, and the sentence."""
        return ": ".join([self.path.name, *(str(step) for step in where), str(reason)])

    def whole(self, name, row):
        """The row of a list with its texts whole: an unquoted comma made the rest of one a key of its own."""
        found, last = {}, None
        for key, value in row.items():
            if value is None and last and isinstance(key, str) and " " in key:
                found[last] += f", {key}"
                self.notice(_("read as one text: %s") % found[last], name, row.get("code"))
            else:
                found[key], last = value, key if isinstance(value, str) else None
        return found

    @property
    def is_common(self):
        return "country" not in self.document

    @property
    def country(self):
        return "ZZ" if self.is_common else self.document["country"]


def gather(path=None):
    """The files of a folder or the one file, what all countries share first."""
    path = Path(path or OURS)
    if not path.is_dir():
        return [read(path)]
    found = sorted(file for file in path.iterdir() if file.suffix in (".yaml", ".yml"))
    return sorted(map(read, found), key=lambda file: not file.is_common)


def read(path):
    """The file with its document, or with the fault that kept it from being read."""
    file = LawFile(Path(path))
    try:
        text = file.path.read_text(encoding="utf-8-sig")
        document = yaml.load(text, Loader=StrictLoader)  # noqa: S506  a safe loader that is stricter
    except OSError as why:
        file.fault(_("cannot be opened: %s") % (why.strerror or why))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError) as why:
        mark = getattr(why, "problem_mark", None)
        where = (_("line %d") % (mark.line + 1),) if mark else ()
        file.fault(_("cannot be read: %s") % (getattr(why, "problem", None) or why), *where)
    else:
        if isinstance(document, dict):
            file.document = document
        else:
            file.fault(_("is not a file of the law: it must name a country, or hold common lists"))
    return file


def overlay(name):
    """A table of our own beside the files: conditions, or reasons. Empty when there is none."""
    path = HERE / f"{name}.yaml"
    if not path.exists():
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader) or {}  # noqa: S506  the same
