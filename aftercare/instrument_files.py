"""Files of instruments, read the careful way: every fault with its line, and the whole or nothing of it."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from aftercare.states import Domain, ForWhom

FORMAT = "ijm-instrument/1"
OURS = Path(__file__).resolve().parent / "instruments"
LIMIT = 512 * 1024
DEEPEST = 12
STEPS = 4
LONGEST = {"code": 60, "name": 200, "label": 200, "licence": 2000, "source": 500, "question": 2000}
HEAD = {"format", "code", "edition", "language", "name", "licence", "source", "labels", "enough", "domains"}
PART = {"code", "label", "question", "steps", "for"}


@dataclass
class Said:
    """What stands at one place of a file, and in which line."""

    value: object
    line: int


@dataclass
class InstrumentFile:
    """One file on its way in: what it says, its parts in order, and what is wrong with it."""

    name: str
    sha256: str = ""
    head: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def fault(self, line, reason):
        """Write down what is wrong, and in which line."""
        self.faults.append((line, str(reason)))

    def told(self):
        """The faults as sentences, in the order of the lines."""
        place = _("line %d")
        return [f"{place % line}: {reason}" if line else reason for line, reason in sorted(self.faults)]


def gather(path=None):
    """The files of a folder or the one file; our own when nothing is said."""
    path = Path(path or OURS)
    found = sorted(path.glob("*.y*ml")) if path.is_dir() else [path]
    return [read_path(file) for file in found]


def read_path(path):
    """The file as it lies on the disk."""
    try:
        return read(path.name, path.read_bytes())
    except OSError as why:
        file = InstrumentFile(path.name)
        file.fault(0, _("cannot be opened: %s") % (why.strerror or why))
        return file


def read(name, content):
    """The file with all that it says, or with every fault in it."""
    file = InstrumentFile(name, hashlib.sha256(content).hexdigest())
    if len(content) > LIMIT:
        file.fault(0, _("is larger than 512 kB; an instrument never is"))
        return file
    try:
        text = content.decode("utf-8-sig")
        refuse_references(file, text)
        node = None if file.faults else yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        file.fault(0, _("is not a text file in UTF-8"))
    except (yaml.YAMLError, ValueError) as why:
        mark = getattr(why, "problem_mark", None)
        file.fault(
            mark.line + 1 if mark else 0, _("cannot be read: %s") % (getattr(why, "problem", None) or why)
        )
    else:
        if not file.faults:
            take(file, node)
    return file


def refuse_references(file, text):
    """Aliases can blow up to any size, tags can ask for more than text, and depth has no end."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            file.fault(line, _("is nested too deeply"))
            return
        if isinstance(event, yaml.AliasEvent) or odd(event):
            file.fault(line, _("uses an alias or a tag; write the value out"))


def plain(file, node):
    """What a node says, with the line of everything in it; all single values stay text."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if "\x00" in node.value:
            file.fault(line, _("holds a character that cannot be stored"))
        return Said(node.value.strip(), line)
    if isinstance(node, yaml.SequenceNode):
        return Said([plain(file, item) for item in node.value], line)
    found = {}
    for key, value in node.value:
        if key.value in found:
            file.fault(key.start_mark.line + 1, _("“%s” stands twice") % key.value)
        found[str(key.value)] = plain(file, value)
    return Said(found, line)


def take(file, node):
    """The head, then domain by domain."""
    said = plain(file, node) if node is not None else Said("", 1)
    if not isinstance(said.value, dict) or text_of(said.value.get("format")) != FORMAT:
        file.fault(1, _("is not an instrument: it must begin with format: %s") % FORMAT)
        return
    unknown(file, said, HEAD)
    file.head = head_of(file, said)
    domains = said.value.get("domains")
    if domains is None or not isinstance(domains.value, dict):
        file.fault(said.line, _("“domains” must hold the six domains, each with its parts"))
        return
    for domain in Domain.values:
        if domain not in domains.value:
            file.fault(domains.line, _("the domain “%s” is missing") % domain)
    for domain, rows in domains.value.items():
        take_domain(file, domain, rows)


def take_domain(file, domain, rows):
    """The parts of one domain."""
    if domain not in Domain.values:
        file.fault(rows.line, _("“%s” is none of the six domains") % domain)
        return
    if not isinstance(rows.value, list) or not rows.value:
        file.fault(rows.line, _("the domain “%s” needs a list of its parts") % domain)
        return
    for row in rows.value:
        if not isinstance(row.value, dict):
            file.fault(row.line, _("each part needs a code, a label and four steps"))
            continue
        unknown(file, row, PART)
        part = part_of(file, row)
        if any(other["code"] == part["code"] for other in file.parts):
            file.fault(row.line, _("the code “%s” stands twice") % part["code"])
        file.parts.append({**part, "domain": domain, "position": len(file.parts) + 1})


def head_of(file, said):
    """What the file says of the instrument as a whole."""
    head = {name: text(file, said, name) for name in ("licence", "source")}
    head |= {name: text(file, said, name, needed=True) for name in ("code", "name", "language")}
    if not head["code"].replace("-", "").replace("_", "").isalnum():
        file.fault(said.line, _("“code” is made of letters, digits and hyphens"))
    if len(head["language"]) > 10:
        file.fault(said.line, _("“language” is a short code such as en or es"))
    edition = text_of(said.value.get("edition")) or "1"
    if not edition.isdigit() or not 1 <= int(edition) <= 32767:
        file.fault(line_of(said, "edition"), _("“edition” is a number such as 1"))
        edition = "1"
    head["edition"] = int(edition)
    head["enough"] = share(file, said)
    head["labels"] = four(file, said, "labels", 60)
    return head


def share(file, said):
    """Which share of the parts must be scored before the domain is: more than 0, up to 1."""
    try:
        value = Decimal(text_of(said.value.get("enough")) or "0.5")
        if value.is_finite() and Decimal("0.01") <= value <= 1:
            return value.quantize(Decimal("0.01"))
    except InvalidOperation:
        pass
    file.fault(line_of(said, "enough"), _("“enough” is a share such as 0.5"))
    return Decimal("0.5")


def part_of(file, row):
    """One part with its four steps."""
    part = {name: text(file, row, name, needed=True) for name in ("code", "label")}
    part["question"] = text(file, row, "question")
    part["steps"] = four(file, row, "steps", 600)
    part["for_whom"] = text_of(row.value.get("for")) or ForWhom.EVERYBODY.value
    if part["for_whom"] not in ForWhom.values:
        file.fault(line_of(row, "for"), _("“for” is one of everybody, children, adults"))
        part["for_whom"] = ForWhom.EVERYBODY.value
    if not part["code"].replace("-", "").replace("_", "").isalnum():
        file.fault(row.line, _("“code” is made of letters, digits and hyphens"))
    return part


def four(file, said, name, longest):
    """Four texts from the most to the least vulnerable."""
    found = said.value.get(name)
    texts = [text_of(one) for one in found.value] if found and isinstance(found.value, list) else []
    if len(texts) != STEPS or not all(texts):
        file.fault(line_of(said, name), _("“%s” needs four texts, from 1 to 4") % name)
    elif any(len(one) > longest for one in texts):
        file.fault(line_of(said, name), _("“%(name)s” has a text over %(most)d letters")
                   % {"name": name, "most": longest})  # fmt: skip
    return texts


def text(file, said, name, *, needed=False):
    """One text, of the length that there is room for."""
    value = text_of(said.value.get(name))
    if needed and not value:
        file.fault(line_of(said, name), _("“%s” is missing") % name)
    if len(value) > LONGEST.get(name, 2000):
        file.fault(line_of(said, name), _("“%(name)s” has a text over %(most)d letters")
                   % {"name": name, "most": LONGEST[name]})  # fmt: skip
    return value


def text_of(said):
    return said.value if said is not None and isinstance(said.value, str) else ""


def line_of(said, name):
    return said.value[name].line if name in said.value else said.line


def unknown(file, said, known):
    """A word we do not know is a fault: it may be one that was misspelt."""
    for name, value in said.value.items():
        if name not in known:
            file.fault(value.line, _("“%s” is not a word of this format") % name)


def odd(event):
    """An anchor that an alias could name, or a tag that asks for more than text."""
    return getattr(event, "anchor", None) or getattr(event, "tag", None) not in (None, "!")
