"""Reading YAML the careful way: text stays text, nothing is read twice, nothing is executed."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

LIMIT = 8 * 1024 * 1024
DEEPEST = 40


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, where in it, and why. Positions in lists count from 1."""

    file: str
    path: str
    reason: str

    def __str__(self):
        return ": ".join(part for part in (self.file, self.path, self.reason) if part)


@dataclass
class CaseFile:
    """One file on its way into the system."""

    path: Path
    document: Any = None
    faults: list = field(default_factory=list)

    def fault(self, reason, *where):
        """Write down a fault at a place in the file."""
        self.faults.append(Fault(str(self.path), ".".join(str(step) for step in where), reason))


# Ten times as fast where it was built in.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(Loader):
    """YAML 1.2 numbers and true/false only: no dates, no yes/no/on, no octals, no merge keys."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        """A key that stands twice is a fault, not a silent choice."""
        seen = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, _("a key must be text: %s") % key_node.value, key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, _("the key %s stands twice") % key, key_node.start_mark
                )
            seen[key] = self.construct_object(value_node, deep=deep)
        return seen

    def construct_yaml_map(self, node):
        """All at once: there are no aliases, so nothing can refer to itself."""
        yield self.construct_mapping(node, deep=True)


for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
PlainLoader.add_constructor("tag:yaml.org,2002:map", PlainLoader.construct_yaml_map)


def read(path):
    """The file with its document, or with the fault that kept it from being read."""
    file = CaseFile(Path(path))
    try:
        text = _text(file)
        if text is not None:
            _refuse_references(file, text)
            if not file.faults:
                file.document = yaml.load(text, Loader=PlainLoader)  # noqa: S506  a safe loader of our own
                _check_whole(file)
    except yaml.YAMLError as why:
        file.fault(_in_words(why), *_line(why))
    except (ValueError, OverflowError) as why:
        file.fault(_("cannot be read: %s") % why)
    return file


def _text(file):
    try:
        content = file.path.read_bytes()
    except OSError as why:
        return file.fault(_("cannot be opened: %s") % (why.strerror or why))
    if len(content) > LIMIT:
        return file.fault(_("is larger than %d MB; a case file never is") % (LIMIT // 1024 // 1024))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.fault(_("is not a text file in UTF-8"))


def _refuse_references(file, text):
    """Aliases can blow up to any size, tags can ask for more than text and numbers, and depth has no end."""
    depth = 0
    for event in yaml.parse(text, Loader=PlainLoader):
        line = event.start_mark.line + 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            file.fault(_("is nested too deeply to be a case file"), _("line %d") % line)
            return
        if isinstance(event, yaml.AliasEvent):
            file.fault(_("uses the alias *%s; write the value out") % event.anchor, _("line %d") % line)
        elif getattr(event, "tag", None) not in (None, "!"):
            file.fault(_("uses the tag %s; case files need none") % event.tag, _("line %d") % line)


def _check_whole(file):
    if file.document is None:
        file.fault(_("is empty"))
    elif not isinstance(file.document, dict):
        file.fault(_("is not a case file: it must begin with format: ijm-case-file/1"))
    else:
        _check_characters(file, file.document, ())


def _check_characters(file, value, where):
    """The database keeps no NUL characters and no halves of characters."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            file.fault(_("holds a character that cannot be stored"), *where)
    elif isinstance(value, dict):
        for key, part in value.items():
            _check_characters(file, part, (*where, key))
    elif isinstance(value, list):
        for position, part in enumerate(value, 1):
            _check_characters(file, part, (*where, position))


def _in_words(why):
    problem = getattr(why, "problem", None) or str(why).splitlines()[0]
    if isinstance(why, yaml.constructor.ConstructorError):
        return problem
    return _("is not YAML: %s") % problem


def _line(why):
    mark = getattr(why, "problem_mark", None)
    return (_("line %d") % (mark.line + 1),) if mark else ()
