"""Every text of the product that people see, gathered from code and templates without gettext's programs."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from devservices.places import CHECKOUT

KEYWORDS = {
    "_": None,
    "now_": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALL = re.compile(
    r"""(?:\b(?:np|n|p)?gettext|(?<!\w)_)\((?:[^'"()]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""",
)
NOT_OURS = {"docs", "deploy", "tests", "node_modules", "migrations", "staticfiles", "build", "locale"}


def sources() -> Iterator[Path]:
    """Yield the files that hold texts: our Python and our templates."""
    for pattern in ("*/**/*.py", "*/**/*.html", "*/**/*.txt"):
        for path in sorted(CHECKOUT.glob(pattern)):
            parts = path.relative_to(CHECKOUT).parts
            if not NOT_OURS & set(parts) and not parts[0].startswith("."):
                yield path


def calls_of_template(text: str, origin: str) -> str:
    """Return the template's texts as calls, one on each line; what lies between them is not Python."""
    return "\n".join(match[0] for match in CALL.finditer(templatize(text, origin=origin)))


def gather() -> Catalog:
    """Return all texts as a catalogue without translations, in a steady order and without line numbers."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for path in sources():
        text = path.read_text()
        if path.suffix != ".py":
            text = calls_of_template(text, str(path))
        where = path.relative_to(CHECKOUT).as_posix()
        stream = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract("python", stream, keywords=KEYWORDS):
            found.add(message, locations=[(where, 0)], context=context)
    return found
