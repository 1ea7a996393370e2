"""A document as the text of a case file."""

import yaml

from casefiles.reading import LIMIT

WIDTH = 110


class PlainDumper(yaml.SafeDumper):
    """No aliases, which no reader of ours takes; a list stands in from its name."""

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


class TooLarge(Exception):
    """No reader would take a file of this size."""


def as_yaml(document, notes=()):
    """The bytes of the file, the notes on top as remarks; what reads like a date or number stays text."""
    remarks = "".join(f"# {' '.join(note.split())}\n" for note in notes)
    text = remarks + yaml.dump(document, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    content = text.encode()
    if len(content) > LIMIT:
        raise TooLarge
    return content
